import type { Page } from 'playwright/test';
import { fillIn, keysOf, questionCard } from '../support/answering.ts';
import { expect, go, test, told, type App } from '../support/fixtures.ts';
import { plain, questionOf, scenarioOf } from '../support/pack.ts';
import {
  answerQuietly,
  openCard,
  reveal,
  sharedHostLesson,
  showQuestion,
  skipTo,
} from '../support/review.ts';
import { panelOf } from '../support/simulation.ts';

/** Everything without a mouse. */

const title = (page: Page) => page.getByRole('heading', { level: 1 });

/** Presses Tab until the focus is on what is wanted, and fails on a focus that cannot be seen. */
async function tabTo(page: Page, wanted: string, limit = 80): Promise<void> {
  for (let pressed = 0; pressed < limit; pressed += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate((selector) => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body)
        return { here: false, visible: true, name: 'body' };
      // A hidden radio button shows its focus on its label.
      const shown = [element, element.closest('label'), element.closest('.option')].filter(
        (one) => one !== null,
      );
      return {
        here: element.matches(selector),
        visible: shown.some((one) => getComputedStyle(one).outlineStyle !== 'none'),
        name: element.outerHTML.slice(0, 120),
      };
    }, wanted);
    expect(at.visible, `the focus can be seen on ${at.name}`).toBe(true);
    if (at.here) return;
  }
  throw new Error(`${limit} times Tab did not reach ${wanted}.`);
}

/** The question that the review screen shows next. */
async function shown(app: App): Promise<void> {
  const { question } = await openCard(app.host);
  await expect(questionCard(app)).toContainText(app.t(`kind.${question.kind}`));
}

test('two keys go to each screen', async ({ app }) => {
  const { page, t } = app;
  for (const [keys, name] of [
    ['gl', 'lessons.title'],
    ['gr', 'review.title'],
    ['gb', 'lab.title'],
    ['gs', 'settings.title'],
    ['gt', 'today.title'],
  ] as const) {
    for (const key of keys) await page.keyboard.press(key);
    await expect(title(page)).toHaveText(t(name));
    // A screen reader starts at the new screen's title.
    await expect(title(page)).toBeFocused();
  }
});

test('the skip link comes first and leads past the navigation', async ({ app }) => {
  const { page, t } = app;
  await page.reload();
  await expect(title(page)).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: t('nav.skip') });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const inMain = await page.evaluate(() => document.activeElement?.closest('main') !== null);
  expect(inMain).toBe(true);
});

test('in a narrow window nothing that has the focus is behind the navigation', async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 360, height: 700 });
  await go(app, '/lessons');
  const bar = page.getByRole('navigation').first();
  for (const textSizePercent of [100, 200]) {
    await page.evaluate(
      (percent) => (document.documentElement.style.fontSize = `${percent}%`),
      textSizePercent,
    );
    await expect.poll(() => bar.evaluate((nav) => nav.scrollWidth - nav.clientWidth)).toBe(0);
    await title(page).focus();
    for (let i = 0; i < 12; i += 1) {
      await page.keyboard.press('Tab');
      await expect
        .poll(() =>
          page.evaluate(() => {
            const top = document.querySelector('nav')!.getBoundingClientRect().top;
            return top - (document.activeElement?.getBoundingClientRect().bottom ?? Infinity);
          }),
        )
        .toBeGreaterThanOrEqual(0);
    }
  }
});

test('the keys overlay lists what works, takes the keyboard, and gives the focus back', async ({ app }) => {
  const { page, t } = app;
  const dialog = page.getByRole('dialog', { name: t('keys.title') });
  await page.keyboard.press('?');
  await expect(dialog).toBeVisible();
  for (const label of ['nav.today', 'nav.lessons', 'nav.review', 'nav.lab', 'nav.settings', 'keys.show']) {
    await expect(dialog.getByRole('term').filter({ hasText: new RegExp(`^${t(label)}$`) })).toBeVisible();
  }
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(title(page)).toHaveText(t('today.title'));
  await page.keyboard.press('?');
  await page.keyboard.press('?');
  await expect(dialog).toBeHidden();
  const button = page.getByRole('button', { name: t('keys.short') });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

test('the keys overlay lists the keys of two simulations on one page once', async ({ app }) => {
  const { page, t } = app;
  await go(app, `/lessons/${sharedHostLesson}`);
  for (const id of ['noisy-neighbour', 'one-leak-twelve-services'])
    await expect(panelOf(app, scenarioOf(id))).toBeVisible();
  await page.keyboard.press('?');
  const terms = page.getByRole('dialog', { name: t('keys.title') }).getByRole('term');
  await expect(terms.filter({ hasText: t('keys.show') })).toHaveCount(1);
  await expect(terms.filter({ hasText: t('sim.playPause') })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a key that is held down acts once', async ({ app }) => {
  const { page, host, t } = app;
  await answerQuietly(host, await openCard(host));
  const { question } = await skipTo(host, 'single-choice');
  const card = await showQuestion(app);
  const before = (await host.call('review.today', {})).answeredToday;
  await page.keyboard.press('1');
  await expect(card.getByRole('radio').first()).toBeChecked();
  // A second `down` without an `up` is a repetition.
  await page.keyboard.down('Enter');
  await expect(page.getByRole('group', { name: t('review.gradeTitle') })).toBeVisible();
  for (let time = 0; time < 3; time += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(page.getByRole('group', { name: t('review.gradeTitle') })).toBeVisible();
  expect((await openCard(host)).question.id).toBe(question.id);
  expect((await host.call('review.today', {})).answeredToday).toBe(before);

  // Taking back what was shown leaves the answer before it alone.
  await page.keyboard.down('Control');
  for (let time = 0; time < 4; time += 1) await page.keyboard.down('z');
  await page.keyboard.up('z');
  await page.keyboard.up('Control');
  await expect(page.getByRole('group', { name: t('review.gradeTitle') })).toHaveCount(0);
  await expect(card.getByRole('radio').first()).toBeChecked();
  expect((await host.call('review.today', {})).answeredToday).toBe(before);
});

test('keys that are typed into a field do nothing else', async ({ app }) => {
  const { page, host, t } = app;
  await skipTo(host, 'cloze');
  const card = await showQuestion(app);
  const blank = card.getByRole('textbox').first();
  await blank.pressSequentially('gs 0h?123');
  await expect(blank).toHaveValue('gs 0h?123');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(title(page)).toHaveText(t('review.title'));
  await expect(page.getByRole('region', { name: t('review.lookUp') })).toHaveCount(0);
  await expect(page.getByRole('group', { name: t('review.gradeTitle') })).toHaveCount(0);
});

test('an open answer keeps Enter for new lines, and Ctrl+Z for what was typed', async ({ app }) => {
  const { page, host, t } = app;
  await skipTo(host, 'open');
  const card = await showQuestion(app);
  const field = card.getByRole('textbox');
  const answers = (await host.call('review.today', {})).answeredToday;
  await field.focus();
  await page.keyboard.type('one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  await expect(field).toHaveValue('one\ntwo');
  await page.keyboard.press('Control+z');
  await expect(field).not.toHaveValue('one\ntwo');
  expect((await host.call('review.today', {})).answeredToday).toBe(answers);
  await page.keyboard.type('three');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('group', { name: t('review.gradeTitle') })).toBeVisible();
});

test('a lesson is read, tried and finished', async ({ app }) => {
  const { page, host, t } = app;
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(title(page)).toHaveText(t('lessons.title'));
  await tabTo(page, `a[href="#/lessons/${sharedHostLesson}"]`);
  await page.keyboard.press('Enter');
  const { title: name, pretest } = await host.call('lessons.get', { id: sharedHostLesson });
  await expect(title(page)).toHaveText(name.en);
  await tabTo(page, `input[name="${pretest[0]!}"]`);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  const tried = told(page, 'lessons.answerPretest');
  await tabTo(page, 'button.primary');
  await page.keyboard.press('Enter');
  await tried;
  // A term says what it means and closes again.
  await tabTo(page, '.term');
  await page.keyboard.press('Enter');
  await expect(page.locator('.term-popover')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.term-popover')).toHaveCount(0);
  await expect(page.locator('.term').first()).toBeFocused();
  // A simulation: predict, then its own keys.
  const panel = panelOf(app, scenarioOf('noisy-neighbour'));
  await tabTo(page, 'input[name="noisy-neighbour-prediction"]');
  await page.keyboard.press('Space');
  await page.keyboard.press('p');
  await expect(panel.getByRole('button', { name: t('sim.pause') })).toBeVisible();
  await page.keyboard.press('p');
  await expect(panel.getByRole('button', { name: t('sim.run'), exact: true })).toBeVisible();
  await page.keyboard.press('.');
  await page.keyboard.press('f');
  await expect(panel.getByRole('heading', { name: t('sim.explain') })).toBeVisible({ timeout: 15_000 });
  await tabTo(page, 'footer button.primary', 120);
  const finished = told(page, 'lessons.finish');
  await page.keyboard.press('Enter');
  await finished;
  await expect(page.getByRole('button', { name: t('lessons.unfinish') })).toBeVisible();
});

test('a choice is made, checked, graded and taken back with single keys', async ({ app }) => {
  const { page, host, t } = app;
  await skipTo(host, 'multiple-choice');
  await showQuestion(app);
  const card = await openCard(host);
  const question = questionOf(card.question.id);
  if (question.kind !== 'multiple-choice') throw new Error('not asked for');
  for (const key of keysOf(question, `${question.id}:${card.basedOn}`, true)) await page.keyboard.press(key);
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByText(t('question.right'), { exact: true }).last()).toBeVisible();
  const proposed = page.locator('.grades .proposed');
  // Right and sure: Easy is proposed and has the focus.
  await expect(proposed).toContainText(t('grade.4'));
  await expect(proposed).toBeFocused();
  const answered = told(
    page,
    'review.answer',
    ({ grade, confidence }) => grade === 4 && confidence === 'sure',
  );
  await page.keyboard.press('Enter');
  await answered;
  await shown(app);
  const undone = told(page, 'review.undo');
  await page.keyboard.press('Control+z');
  await undone;
  await shown(app);
  expect((await openCard(host)).question.id).toBe(question.id);
  for (const option of question.options) {
    const box = questionCard(app).getByRole('checkbox', {
      name: option.text.en.replaceAll('`', ''),
      exact: true,
    });
    await expect(box).toBeChecked({ checked: option.correct });
  }
});

test('looking it up, guessing and not knowing have keys, and help lowers the proposed grade', async ({
  app,
}) => {
  const { page, host, t } = app;
  await skipTo(host, 'single-choice');
  await showQuestion(app);
  const card = await openCard(host);
  const question = questionOf(card.question.id);
  if (question.kind !== 'single-choice') throw new Error('not asked for');
  await page.keyboard.press('h');
  await expect(page.getByRole('region', { name: t('review.lookUp') })).toBeVisible();
  await page.keyboard.press(keysOf(question, `${question.id}:${card.basedOn}`, true)[0]!);
  await page.keyboard.press('Alt+Enter');
  await expect(page.locator('.grades .proposed')).toContainText(t('grade.2'));
  const answered = told(
    page,
    'review.answer',
    ({ grade, usedHelp, confidence }) => grade === 1 && usedHelp === true && confidence === 'guess',
  );
  await page.keyboard.press('1');
  await answered;
  await shown(app);
  await page.keyboard.press('0');
  await expect(page.getByText(t('question.skipped'), { exact: true })).toBeVisible();
  await expect(page.locator('.grades .proposed')).toContainText(t('grade.1'));
});

test('an order is made with the arrow keys, from either end', async ({ app }) => {
  const { page, host, t } = app;
  await skipTo(host, 'ordering');
  const card = await showQuestion(app);
  const question = questionOf((await openCard(host)).question.id);
  const items = card.locator('ol > li');
  const count = await items.count();
  const first = await items.first().locator('.text').innerText();
  // Down to the last place and, without a new Tab, up again to the first.
  await items
    .first()
    .getByRole('button', { name: t('question.moveDown', { item: first }) })
    .focus();
  for (let place = 1; place < count; place += 1) {
    await page.keyboard.press('ArrowDown');
    await expect(items.nth(place).locator('.text')).toHaveText(first);
    await expect(items.nth(place).getByRole('button').and(page.locator(':focus'))).toHaveCount(1);
  }
  for (let place = count - 2; place >= 0; place -= 1) {
    await page.keyboard.press('ArrowUp');
    await expect(items.nth(place).locator('.text')).toHaveText(first);
    await expect(items.nth(place).getByRole('button').and(page.locator(':focus'))).toHaveCount(1);
  }
  await fillIn(app, card, question, { right: true, orderBy: 'keys' });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(t('question.right'), { exact: true })).toBeVisible();
});

test('partners are chosen from lists by typing', async ({ app }) => {
  const { page, host, t } = app;
  await skipTo(host, 'matching');
  const card = await showQuestion(app);
  const { question } = await openCard(host);
  if (question.kind !== 'matching') throw new Error('not asked for');
  const lists = card.getByRole('combobox');
  for (let index = 0; index < question.pairs.length; index += 1) {
    await tabTo(page, 'select');
    const own = (await lists.nth(index).getAttribute('id'))!.slice(question.id.length + 1);
    const partner = plain(question.pairs.find(({ id }) => id === own)!.right.en);
    // Typing the first letters finds the entry, as in every list of the system; so many that they tell it from its neighbours.
    const others = question.pairs.filter(({ id }) => id !== own).map(({ right }) => plain(right.en));
    let letters = 1;
    while (others.some((other) => other.startsWith(partner.slice(0, letters)))) letters += 1;
    await page.keyboard.type(partner.slice(0, letters));
  }
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: t('review.thinkSo') }).press('Enter');
  await expect(page.getByText(t('question.right'), { exact: true })).toBeVisible();
});

test('blanks, a number and a rubric are filled in and accepted with Enter', async ({ app }) => {
  const { page, host, t } = app;
  await skipTo(host, 'numeric');
  let card = await showQuestion(app);
  const { question } = await openCard(host);
  if (question.kind !== 'numeric') throw new Error('not asked for');
  await tabTo(page, `[id="${question.id}-number"]`);
  await page.keyboard.type(String(question.answer));
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('question.right'), { exact: true })).toBeVisible();
  // Whatever the core has open before it has the answer is the question that was answered.
  const answered = told(page, 'review.answer');
  await page.keyboard.press('Space');
  await answered;
  await shown(app);

  await skipTo(host, 'open');
  await go(app, '/settings');
  card = await showQuestion(app);
  const open = (await openCard(host)).question;
  if (open.kind !== 'open') throw new Error('not asked for');
  await tabTo(page, 'textarea');
  await page.keyboard.type(open.modelAnswer.en.slice(0, 40));
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByRole('group', { name: t('review.gradeTitle') })).toBeVisible();
  const points = card.getByRole('checkbox');
  await points.first().focus();
  for (let index = 0; index < open.rubric.length; index += 1) {
    await page.keyboard.press('Space');
    await expect(points.nth(index)).toBeChecked();
    await page.keyboard.press('Tab');
  }
  await expect(page.locator('.grades .proposed')).toContainText(t('grade.3'));
});

test('the lab is run, paused, stepped, ended and started over with its keys', async ({ app }) => {
  const { page, t } = app;
  const scenario = scenarioOf('fit-twelve-services');
  await go(app, '/lab');
  await tabTo(page, `a[href="#/lab/${scenario.id}"]`, 120);
  await page.keyboard.press('Enter');
  const panel = panelOf(app, scenario);
  await tabTo(page, 'input[type=number]');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  // Letters mean nothing to a number field, and nothing to the simulation while the focus is there.
  await page.keyboard.press('p');
  const run = panel.getByRole('button', { name: t('sim.run'), exact: true });
  await expect(run).toBeDisabled();
  await tabTo(page, `input[name="${scenario.id}-prediction"]`);
  await page.keyboard.press('p');
  await expect(run).toBeDisabled();
  await page.keyboard.press('Space');
  await page.keyboard.press('p');
  await expect(panel.getByRole('button', { name: t('sim.pause') })).toBeVisible();
  await page.keyboard.press('p');
  await page.keyboard.press('.');
  const saved = told(page, 'lab.saveAttempt');
  await page.keyboard.press('f');
  await saved;
  await expect(panel.getByRole('list').first()).toContainText(
    t('sim.atMost', { metric: t('metric.oomKills'), value: 0 }),
  );
  await page.keyboard.press('x');
  await expect(panel.getByRole('button', { name: t('sim.run'), exact: true })).toBeVisible();
});

test('settings are changed', async ({ app }) => {
  const { page, host, t } = app;
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(title(page)).toHaveText(t('settings.title'));
  await tabTo(page, 'input[name=theme]');
  const dark = told(page, 'settings.set', ({ theme }) => theme === 'dark');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await dark;
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await tabTo(page, 'input[type=number]');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await expect.poll(async () => (await host.call('settings.get', {})).textSizePercent).toBe(110);
});

test('every key that the review screen lists does what it says, before and after the answer is shown', async ({
  app,
}) => {
  const { page, host, t } = app;
  await skipTo(host, 'single-choice');
  await showQuestion(app);
  const listed = async () => {
    await page.keyboard.press('?');
    const terms = await page.getByRole('dialog').getByRole('term').allInnerTexts();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    return terms;
  };
  expect(await listed()).toEqual(
    expect.arrayContaining(
      [
        'review.sure',
        'review.thinkSo',
        'review.guess',
        'review.dontKnow',
        'review.lookUp',
        'keys.option.1',
      ].map((key) => t(key)),
    ),
  );
  await page.keyboard.press('1');
  await reveal(app);
  expect(await listed()).toEqual(
    expect.arrayContaining(
      ['grade.1', 'grade.2', 'grade.3', 'grade.4', 'review.accept'].map((key) => t(key)),
    ),
  );
});
