import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright/test';
import { errorText } from '#shared/contract/errors.ts';
import { locales } from '#shared/locale.ts';
import { expectAccessible } from '../support/axe.ts';
import { fillIn, questionCard } from '../support/answering.ts';
import { expect, go, open, test, told } from '../support/fixtures.ts';
import { expectOnly } from '../support/language.ts';
import { translator } from '../support/messages.ts';
import { questionOf } from '../support/pack.ts';
import { outage, strangerProblems } from '../support/problems.ts';
import { grade, openCard, reveal, sharedHostLesson, showQuestion, skipTo } from '../support/review.ts';
import { errorTextsIn } from '../../support/languages.ts';

const alert = (page: Page) => page.getByRole('alert');

for (const locale of locales) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test('a host that is gone is told, and nothing typed is lost when it is back', async ({ app }) => {
      const { page, host, problems, t } = app;
      const port = Number(new URL(host.origin).port);
      await skipTo(host, 'cloze');
      const card = await showQuestion(app);
      const { question } = await openCard(host);
      const blank = card.getByRole('textbox').first();
      problems.allow(...outage, ...strangerProblems);
      await host.end('SIGKILL');

      await blank.fill('typed while away');
      await expect(alert(page)).toContainText(
        errorText({ kind: 'unreachable', params: {} }, errorTextsIn(locale)),
      );
      await expectOnly(page, locale);
      await expectAccessible(page, 'nobody answers');

      // Back under another token: the page says what to do.
      await host.start(port);
      await alert(page)
        .getByRole('button', { name: t('common.tryAgain') })
        .click();
      await expect(alert(page)).toContainText(
        errorText({ kind: 'unauthorized', params: {} }, errorTextsIn(locale)),
      );
      await expect(blank).toHaveValue('typed while away');

      // Opened at the new address in the same tab, the page goes on as it was.
      await page.goto(host.url);
      const kept = told(page, 'review.saveDraft');
      await alert(page)
        .getByRole('button', { name: t('common.tryAgain') })
        .click();
      await kept;
      await expect(alert(page)).toHaveCount(0);
      await expect(blank).toHaveValue('typed while away');
      const { card: now } = await host.call('review.next', { lessonId: sharedHostLesson });
      expect(now?.question.id).toBe(question.id);
      expect(JSON.stringify(now?.draft)).toContain('typed while away');

      // And it hears again what other windows do.
      await expect(async () => {
        await host.call('settings.set', { theme: 'light' });
        await host.call('settings.set', { theme: 'dark' });
        await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark', { timeout: 500 });
      }).toPass({ timeout: 8_000 });
    });

    test('a window without a token says how to get one', async ({ page, host, problems }) => {
      problems.allow(...strangerProblems);
      await page.goto(host.origin);
      await expect(alert(page).first()).toContainText(
        errorText({ kind: 'unauthorized', params: {} }, errorTextsIn(locale)),
      );
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expectOnly(page, locale);
      await expectAccessible(page, 'no token');
      await open({ page, host, t: translator(locale) });
      await expect(alert(page)).toHaveCount(0);
    });
  });
}

test('an answer that could not be sent is sent again under the same id', async ({ app }) => {
  const { page, host, problems, t } = app;
  await skipTo(host, 'numeric');
  const card = await showQuestion(app);
  const { question } = await openCard(host);
  const answered = (await host.call('review.today', {})).answeredToday;
  await fillIn(app, card, questionOf(question.id), { right: true });
  await reveal(app);
  problems.allow(/ERR_CONNECTION_REFUSED/);
  const ids: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/review.answer'))
      ids.push((request.postDataJSON() as { answerId: string }).answerId);
  });
  await page.route('**/api/review.answer', (route) => route.abort('connectionrefused'));
  await page.keyboard.press('3');
  await expect(alert(page)).toContainText(errorText({ kind: 'unreachable', params: {} }));
  await expect(page.getByText(t('question.right'), { exact: true })).toBeVisible();
  await page.unroute('**/api/review.answer');
  await grade(app, 3);
  await expect(alert(page)).toHaveCount(0);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
  expect((await host.call('review.today', {})).answeredToday).toBe(answered + 1);
});

test('a question that was answered in another window is not answered twice', async ({ app }) => {
  const { page, host, problems } = app;
  const first = await openCard(host);
  const card = await showQuestion(app);
  await fillIn(app, card, questionOf(first.question.id), { right: true });
  await reveal(app);
  const other = await page.context().newPage();
  await open({ ...app, page: other });
  await go({ page: other }, `/review/${sharedHostLesson}`);
  await expect(questionCard({ ...app, page: other })).toBeVisible();
  // The other window finds the answer as far as it was given, and grades it.
  await expect(other.getByRole('group', { name: app.t('review.gradeTitle') })).toBeVisible();
  await grade({ ...app, page: other }, 4);
  problems.allow(/status (of )?409/);
  await page.bringToFront();
  const next = told(page, 'review.next');
  await page.keyboard.press('1');
  await next;
  await expect(alert(page)).toContainText(errorText({ kind: 'stale-answer', params: {} }));
  const second = await openCard(host);
  expect(second.question.id).not.toBe(first.question.id);
  await expect(card).toContainText(questionOf(second.question.id).stem.en.slice(0, 30).replaceAll('`', ''));
  expect((await host.call('review.today', {})).answeredToday).toBe(1);
});

test('a second window follows study and settings', async ({ app }) => {
  const { page, host, t } = app;
  await expect(page.getByText(t('today.answered', { count: 0 }))).toBeVisible();
  const other = await page.context().newPage();
  await open({ ...app, page: other });
  await go({ page: other }, `/review/${sharedHostLesson}`);
  await other.keyboard.press('0');
  await grade({ ...app, page: other }, 1);
  await expect(page.getByText(t('today.resumeHint', { count: 1 }))).toBeVisible();
  await go({ page: other }, '/settings');
  await other.getByRole('radio', { name: t('settings.dark') }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await host.call('lessons.finish', { id: 'monolith-baseline', finished: true });
  await expect(
    page
      .getByRole('heading', { name: (await host.call('lessons.get', { id: sharedHostLesson })).title.en })
      .or(page.getByText((await host.call('lessons.get', { id: sharedHostLesson })).title.en))
      .first(),
  ).toBeVisible();
});

test('four windows at once leave the host reachable', async ({ app }) => {
  // A browser keeps six connections to a host: what each window holds open must leave room for calls.
  const pages = [app.page];
  while (pages.length < 4) {
    const page = await app.page.context().newPage();
    await open({ ...app, page });
    pages.push(page);
  }
  for (const page of pages) {
    await go({ page }, '/lessons');
    await expect(page.getByRole('progressbar').first()).toBeVisible();
  }
});

test('the same answer sent twice counts once', async ({ host }) => {
  const card = await openCard(host);
  const input = {
    answerId: randomUUID(),
    questionId: card.question.id,
    basedOn: card.basedOn,
    response: { kind: 'skipped' },
    confidence: null,
    usedHelp: false,
    grade: 1,
    answerMs: 10,
  } as const;
  const [one, two] = [await host.call('review.answer', input), await host.call('review.answer', input)];
  expect(two.reviewId).toBe(one.reviewId);
  expect((await host.call('review.today', {})).answeredToday).toBe(1);
});
