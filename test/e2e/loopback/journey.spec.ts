import type { Locator } from 'playwright/test';
import { locales } from '#shared/locale.ts';
import { questionKinds, type QuestionKind } from '#shared/pack/schema.ts';
import type { Grade } from '#shared/study/grade.ts';
import { fillIn, questionCard } from '../support/answering.ts';
import { expect, go, open, restored, test, told, type App } from '../support/fixtures.ts';
import { expectOnly } from '../support/language.ts';
import { questionOf, scenarioOf } from '../support/pack.ts';
import { answerShown, grade, openCard, sharedHostLesson, showQuestion, skipTo } from '../support/review.ts';
import { panelOf, predict, runToResult } from '../support/simulation.ts';

/** The whole way of a new learner, through the interface alone, with the real database; then the host ends and everything is found again. */

interface Place {
  readonly anchor: string;
  /** Pixels from the top of the window to the top of the section. */
  readonly top: number;
}

/** Where the learner is in the lesson: the last section that has begun above the reading line. */
function placeOf({ page }: App): Promise<Place> {
  return page.evaluate(() => {
    const begun = [...document.querySelectorAll<HTMLElement>('[data-anchor]')].filter(
      (element) => element.getBoundingClientRect().top <= 120,
    );
    const section = begun.at(-1);
    return {
      anchor: section?.dataset['anchor'] ?? '',
      top: section?.getBoundingClientRect().top ?? 0,
    };
  });
}

async function countsOf(app: App): Promise<string> {
  return app.page.getByRole('list', { name: app.t('review.left') }).innerText();
}

async function answerPretest(app: App): Promise<void> {
  const pretest = app.page.getByRole('region', { name: app.t('lessons.pretest') });
  const [first, second] = [pretest.locator('.pretest').nth(0), pretest.locator('.pretest').nth(1)];
  await expect(second).toBeVisible();
  const lesson = await app.host.call('lessons.get', { id: sharedHostLesson });
  await fillIn(app, first, questionOf(lesson.pretest[0]!), { right: false });
  await first.getByRole('button', { name: app.t('lessons.tryIt') }).click();
  await expect(first.getByText(app.t('question.wrong'), { exact: true })).toBeVisible();
  await second.getByRole('button', { name: app.t('review.dontKnow') }).click();
  await expect(second.getByText(app.t('question.skipped'), { exact: true })).toBeVisible();
}

/** Watches a run: runs, pauses, steps, slows down, goes on and lets it come to its end. */
async function watchRun(app: App, panel: Locator): Promise<void> {
  const { t } = app;
  const counters = panel.locator('.counters');
  const button = (name: string) => panel.getByRole('button', { name: t(name), exact: true });
  await button('sim.run').click();
  await expect(counters).not.toContainText(t('sim.served', { value: 0 }));
  await button('sim.pause').click();
  await expect(panel.getByRole('slider', { name: t('topology.time') })).not.toHaveValue('0');
  const paused = await counters.innerText();
  await button('sim.step').click();
  await expect(counters).not.toHaveText(paused, { timeout: 3_000 });
  const speed = panel.getByRole('slider', { name: t('sim.speed') });
  await speed.fill((await speed.getAttribute('max')) ?? '');
  await button('sim.run').click();
  await expect(panel.getByRole('heading', { name: t('sim.explain') })).toBeVisible({ timeout: 20_000 });
}

async function runSimulations(app: App): Promise<void> {
  const { t } = app;
  const noisy = scenarioOf('noisy-neighbour');
  const watched = panelOf(app, noisy);
  await watched.scrollIntoViewIfNeeded();
  await expect(watched.getByRole('button', { name: t('sim.run'), exact: true })).toBeDisabled();
  await expect(watched.getByText(t('sim.predictFirst'))).toBeVisible();
  await predict(app, watched, noisy, 'same');
  const saved = told(app.page, 'lab.saveAttempt');
  await watchRun(app, watched);
  await saved;
  await expect(watched.locator('.side.wrong')).toContainText(t('predict.didNot'));
  await expect(watched.locator('.side.came')).toContainText(t('predict.came'));

  const leak = scenarioOf('one-leak-twelve-services');
  const instant = panelOf(app, leak);
  await predict(app, instant, leak, 'all');
  const savedToo = told(app.page, 'lab.saveAttempt');
  await runToResult(app, instant);
  await savedToo;
  await expect(instant.locator('.side.right')).toContainText(t('predict.cameTrue'));
  await expect(instant.getByRole('heading', { name: t('sim.explain') })).toBeVisible();
}

/** Reads on to a section and stays there, a little way into it. */
async function readTo(app: App, anchor: string): Promise<Place> {
  // The learner's own hand on the wheel: until then the reader still brings them back to their place.
  await app.page.mouse.move(500, 400);
  await app.page.mouse.wheel(0, 40);
  const saved = told(app.page, 'lessons.saveProgress', (input) => input['anchor'] === anchor);
  await app.page.locator(`[data-anchor="${anchor}"]`).evaluate((section) => {
    scrollTo(0, section.getBoundingClientRect().top + scrollY - 40);
  });
  await saved;
  return placeOf(app);
}

interface Told {
  readonly questionId: string;
  readonly right: boolean;
  readonly grade: Grade;
}

/** Drawn questions are asked as numbers and choices. */
const askedKinds = questionKinds.filter((kind) => !kind.startsWith('drawn-'));

/** Answers the questions of the lesson until one of every kind was filled in, some rightly and some wrongly. */
async function answerEveryKind(app: App): Promise<Told[]> {
  const { page, t } = app;
  const answered: Told[] = [];
  const seen = new Set<QuestionKind>();
  const card = questionCard(app);
  while (seen.size < askedKinds.length) {
    const { question } = await openCard(app.host);
    await expect(card).toContainText(t(`kind.${question.kind}`));
    if (seen.has(question.kind)) {
      await answerShown(app, card, question.id, { right: true });
      await grade(app, 4);
      answered.push({ questionId: question.id, right: true, grade: 4 });
      continue;
    }
    // Some right, some wrong; the first grade is changed from what is proposed.
    const right = seen.size === 0 || !['multiple-choice', 'cloze'].includes(question.kind);
    const orderBy = app.locale === 'en' ? 'buttons' : 'keys';
    await answerShown(app, card, question.id, { right, orderBy });
    if (question.kind !== 'open') {
      await expect(card.locator('.verdict')).toHaveClass(right ? /good/ : /^(?!.*good)/);
    }
    const given: Grade = seen.size === 0 ? 4 : right ? 3 : 1;
    const proposed = page.getByRole('group', { name: t('review.gradeTitle') }).locator('.proposed');
    await expect(proposed).toContainText(t(`grade.${right ? 3 : 1}`));
    if (answered.length % 6 === 0) await expectOnly(page, app.locale);
    await grade(app, given);
    seen.add(question.kind);
    answered.push({ questionId: question.id, right, grade: given });
  }
  return answered;
}

/** Takes the last answer back and gives it again: the question, the answer and the counts are as before. */
async function undoLast(app: App, last: Told): Promise<void> {
  const { page, t, host } = app;
  const before = await host.call('review.next', { lessonId: sharedHostLesson });
  // The next question is there, and has the focus: until then a key is for the one before.
  await expect(questionCard(app).getByRole('heading', { level: 2 })).toBeFocused();
  const undone = told(page, 'review.undo');
  await page.keyboard.press('Control+z');
  await undone;
  await expect(page.getByText(t('action.undone', { action: t('action.answer') }))).toBeVisible();
  const taken = await host.call('review.next', { lessonId: sharedHostLesson });
  expect(taken.card?.question.id).toBe(last.questionId);
  expect(taken.card?.phase).toBe('new');
  expect(taken.counts.fresh).toBe(before.counts.fresh + 1);
  expect(taken.session?.answered).toBe((before.session?.answered ?? 0) - 1);
  // The answer stands there as it was given.
  await expect(page.getByRole('button', { name: t('review.thinkSo') })).toBeEnabled();
}

for (const [index, locale] of locales.entries()) {
  // The host ends in both ways: politely, and without a chance to do anything more.
  const signal = index === 0 ? 'SIGTERM' : 'SIGKILL';

  test.describe(`a new learner in ${locale}`, () => {
    test.use({ locale });

    test(`reads, predicts, runs, answers every kind, undoes, and finds all of it after ${signal}`, async ({
      app,
    }) => {
      test.setTimeout(120_000);
      const { page, t, host, problems } = app;

      await test.step('Today invites to read', async () => {
        await expect(page.locator('html')).toHaveAttribute('lang', locale);
        await expectOnly(page, locale);
        await page
          .getByRole('navigation', { name: t('nav.label') })
          .getByRole('link', { name: t('nav.lessons') })
          .click();
        const { title } = await host.call('lessons.get', { id: sharedHostLesson });
        await page.getByRole('link', { name: title[locale] }).click();
        await expect(page.getByRole('heading', { level: 1, name: title[locale] })).toBeVisible();
      });

      await test.step('pretest', () => answerPretest(app));
      await test.step('simulations', () => runSimulations(app));
      const finished = await test.step('finish the lesson', async () => {
        const done = told(page, 'lessons.finish');
        await page.getByRole('button', { name: t('lessons.finish') }).click();
        await done;
        await expect(page.getByRole('button', { name: t('lessons.unfinish') })).toBeVisible();
        await expectOnly(page, locale);
        return (await host.call('lessons.get', { id: sharedHostLesson })).progress?.finishedAt;
      });
      expect(finished).toEqual(expect.any(Number));

      const answered = await test.step('one question of every kind', async () => {
        await page.getByRole('link', { name: t('lessons.practise') }).click();
        await expect(questionCard(app)).toBeVisible();
        return answerEveryKind(app);
      });

      await test.step('undo takes answer and schedule back', async () => {
        await undoLast(app, answered.at(-1)!);
        const again = answered.at(-1)!;
        await page.getByRole('button', { name: t('review.thinkSo') }).click();
        await grade(app, 1);
        answered[answered.length - 1] = { ...again, grade: 1 };
      });

      const typed = locale === 'en' ? 'half an answ' : '写了一半的答';
      const counts = await test.step('leave a half-typed answer', async () => {
        // The next open question of the lesson.
        await skipTo(host, 'open');
        await showQuestion(app);
        const kept = told(
          page,
          'review.saveDraft',
          ({ draft }) => (draft as { text?: string }).text === typed,
        );
        await questionCard(app).getByRole('textbox').fill(typed);
        await kept;
        return countsOf(app);
      });

      await test.step('settings', async () => {
        await go(app, '/settings');
        await page.getByRole('radio', { name: t('settings.dark') }).check();
        const size = page.getByRole('spinbutton', { name: t('settings.textSize') });
        const set = told(page, 'settings.set', (input) => 'textSizePercent' in input);
        await size.fill('110');
        await size.press('Enter');
        await set;
        await expectOnly(page, locale);
      });
      const place = await test.step('read on somewhere in the middle', async () => {
        await go(app, `/lessons/${sharedHostLesson}`);
        await restored(page);
        return readTo(app, 'side-by-side');
      });
      expect(place.anchor).toBe('side-by-side');
      const { progress } = await host.call('lessons.get', { id: sharedHostLesson });
      expect(progress?.percentRead).toBe(100);

      const before = {
        today: await host.call('review.today', {}),
        session: (await host.call('review.next', { lessonId: sharedHostLesson })).session,
      };

      await test.step(`${signal} and another start`, async () => {
        problems.allow(/net::ERR_/);
        await host.end(signal);
        await page.goto('about:blank');
        await host.start();
        await open(app);
      });

      await test.step('settings are as they were', async () => {
        await expect(page.locator('html')).toHaveAttribute('lang', locale);
        await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
        await expect(page.locator('html')).toHaveCSS('font-size', '17.6px');
      });
      await test.step('Today knows the day', async () => {
        const today = await host.call('review.today', {});
        expect({ ...today, nextDueAt: null }).toEqual({ ...before.today, nextDueAt: null });
        expect(today.answeredToday).toBeGreaterThanOrEqual(answered.length);
        await expect(page.getByText(t('today.resumeHint', { count: today.answeredToday }))).toBeVisible();
      });
      await test.step('the session goes on with the half-typed answer', async () => {
        await page.getByRole('link', { name: t('today.resume'), exact: true }).click();
        await expect(questionCard(app).getByRole('textbox')).toHaveValue(typed);
        expect(await countsOf(app)).toBe(counts);
        expect((await openCard(host)).question.kind).toBe('open');
      });
      await test.step('the lesson opens where it was left', async () => {
        await go(app, '/lessons');
        await expect(page.getByText(t('lessons.finished'), { exact: true })).toBeVisible();
        await expect(page.getByText(t('lessons.percentRead', { percent: 100 }))).toBeVisible();
        await page
          .getByRole('link', {
            name: (await host.call('lessons.get', { id: sharedHostLesson })).title[locale],
          })
          .click();
        await restored(page);
        await expect(async () => {
          const now = await placeOf(app);
          expect(now.anchor).toBe(place.anchor);
          expect(Math.abs(now.top - place.top)).toBeLessThan(30);
        }).toPass({ timeout: 5_000 });
        await expect(page.getByRole('button', { name: t('lessons.unfinish') })).toBeVisible();
        const pretest = page.getByRole('region', { name: t('lessons.pretest') });
        await expect(pretest.getByText(t('question.wrong'), { exact: true })).toBeVisible();
        await expect(pretest.getByText(t('question.skipped'), { exact: true })).toBeVisible();
        await expect(pretest.getByRole('button', { name: t('lessons.tryIt') })).toHaveCount(0);
      });
      await test.step('the lab has the runs', async () => {
        for (const id of ['noisy-neighbour', 'one-leak-twelve-services']) {
          await go(app, `/lab/${id}`);
          const attempts = page.getByRole('region', { name: t('lab.attempts') });
          await expect(attempts.getByRole('row')).toHaveCount(2);
        }
        await expectOnly(page, locale);
      });
      await test.step('undo still reaches back', async () => {
        await showQuestion(app);
        const undone = told(page, 'review.undo');
        await page.keyboard.press('Control+z');
        await undone;
        expect((await openCard(host)).question.id).toBe(before.today.undo?.params['questionId']);
        const { answeredToday } = await host.call('review.today', {});
        expect(answeredToday).toBe(before.today.answeredToday - 1);
      });
    });
  });
}
