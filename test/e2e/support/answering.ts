import { expect, type Locator } from 'playwright/test';
import type { Question, QuestionOf } from '#shared/pack/schema.ts';
import { shuffled } from '#shared/study/shuffle.ts';
import type { App } from './fixtures.ts';
import { plain, scenarioOf } from './pack.ts';
import { panelOf, runToResult, setControl } from './simulation.ts';

/** Fills in answers through the interface, right or wrong, one way for each kind of question. */

/** The question that the review screen shows. */
export function questionCard({ page, t }: App): Locator {
  return page.getByRole('article', { name: t('review.question') });
}

async function fillChoice(
  { locale }: App,
  card: Locator,
  question: QuestionOf<'single-choice'> | QuestionOf<'multiple-choice'>,
  right: boolean,
): Promise<void> {
  const role = question.kind === 'single-choice' ? 'radio' : 'checkbox';
  const wanted = question.options.filter((option) => option.correct === right);
  for (const option of role === 'radio' ? wanted.slice(0, 1) : wanted) {
    await card.getByRole(role, { name: plain(option.text[locale]), exact: true }).check();
  }
}

/** The items as they stand on the screen, by their texts. */
async function shownOrder(card: Locator): Promise<string[]> {
  return (await card.locator('ol > li .text').allInnerTexts()).map((text) => text.trim());
}

async function fillOrdering(
  { locale, t }: App,
  card: Locator,
  question: QuestionOf<'ordering'>,
  right: boolean,
  by: 'buttons' | 'keys',
): Promise<void> {
  const wanted = question.items.map(({ text }) => plain(text[locale]));
  if (!right) wanted.reverse();
  for (const [place, item] of wanted.entries()) {
    for (let at = (await shownOrder(card)).indexOf(item); at > place; at -= 1) {
      const up = card.getByRole('button', { name: t('question.moveUp', { item }), exact: true });
      if (by === 'buttons') await up.click();
      else await up.press('ArrowUp');
      await expect(card.locator('ol > li .text').nth(at - 1)).toHaveText(item);
    }
  }
  expect(await shownOrder(card)).toEqual(wanted);
}

async function fillMatching(card: Locator, question: QuestionOf<'matching'>, right: boolean): Promise<void> {
  for (const [index, { id }] of question.pairs.entries()) {
    const partner = right ? id : question.pairs[(index + 1) % question.pairs.length]!.id;
    await card.locator(`select[id="${question.id}-${id}"]`).selectOption(partner);
  }
}

async function fillCloze({ locale, t }: App, card: Locator, question: QuestionOf<'cloze'>, right: boolean) {
  for (const [index, blank] of question.blanks.entries()) {
    const name = t('question.blank', { place: index + 1 });
    await card.getByRole('textbox', { name, exact: true }).fill(right ? blank.accept[locale][0]! : '?');
  }
}

async function fillSimulation(app: App, card: Locator, question: QuestionOf<'simulation'>, right: boolean) {
  const scenario = scenarioOf(question.scenario);
  const panel = panelOf(app, scenario);
  if (right) {
    for (const [path, value] of Object.entries(scenario.solution ?? {})) {
      await setControl(app, panel, scenario, path, value);
    }
  }
  await runToResult(app, panel);
  const said = right ? 'question.goalMet' : 'question.goalNotMet';
  await expect(card.getByText(app.t(said, { count: 1 }))).toBeVisible();
}

export interface FillOptions {
  readonly right: boolean;
  /** How an order is made. */
  readonly orderBy?: 'buttons' | 'keys';
}

/** Fills in an answer and leaves the rest (checking, grading) to the test. The points of an open answer are ticked after it is revealed. */
export async function fillIn(
  app: App,
  card: Locator,
  question: Question,
  { right, orderBy = 'buttons' }: FillOptions,
) {
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
      return fillChoice(app, card, question, right);
    case 'ordering':
      return fillOrdering(app, card, question, right, orderBy);
    case 'matching':
      return fillMatching(card, question, right);
    case 'cloze':
      return fillCloze(app, card, question, right);
    case 'numeric': {
      const value = right ? question.answer : question.answer + 10 * question.tolerance + 7;
      return card.getByRole('textbox', { name: app.t('question.yourNumber') }).fill(String(value));
    }
    case 'simulation':
      return fillSimulation(app, card, question, right);
    case 'open':
      return card.getByRole('textbox').fill(right ? question.modelAnswer[app.locale] : '…');
  }
}

/** Ticks the points of an open answer that is revealed. */
export async function tickPoints(
  { locale }: App,
  card: Locator,
  question: QuestionOf<'open'>,
  points: readonly string[],
) {
  for (const { id, point } of question.rubric) {
    const box = card.getByRole('checkbox', { name: plain(point[locale]) });
    await box.setChecked(points.includes(id));
  }
}

/** The keys 1, 2, ... of a choice question in review, for the options that are right or wrong. */
export function keysOf(
  question: QuestionOf<'single-choice'> | QuestionOf<'multiple-choice'>,
  seed: string,
  right: boolean,
): string[] {
  return shuffled(question.options, seed).flatMap((option, index) =>
    option.correct === right ? [String(index + 1)] : [],
  );
}
