import { randomUUID } from 'node:crypto';
import { expect, type Locator } from 'playwright/test';
import { leechLapses } from '#shared/study/card.ts';
import type { App } from './fixtures.ts';
import type { Host } from './host.ts';

/** The table of cards. */
export function cardTable({ page, t }: App): Locator {
  return page.getByRole('grid', { name: t('cards.table') });
}

/** The row that shows a card, by its place in the list from 0 on. */
export function cardRow(app: App, index: number): Locator {
  return cardTable(app).locator(`tr[aria-rowindex="${index + 2}"]`);
}

/** Selects the first three cards and puts flag 2 on them, without a mouse. */
export async function selectAndFlag(app: App): Promise<void> {
  await cardTable(app).focus();
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press('Shift+ArrowDown');
  await app.page.keyboard.press('Shift+ArrowDown');
  await app.page.keyboard.press('2');
  await expect(cardRow(app, 2)).toContainText(app.t('cards.flag.2'));
}

/** Forgets one card until it is a leech. Returns its id. */
export async function makeLeech(host: Host): Promise<string> {
  const { rows } = await host.call('cards.search', { search: 'kind:single-choice -is:drawn', limit: 1 });
  const id = rows[0]?.id ?? '';
  for (let lapses = 0; lapses < leechLapses; lapses += 1) {
    await host.call('cards.change', { which: { ids: [id] }, change: { do: 'set-due', inDays: 0 } });
    const { history } = await host.call('cards.info', { id });
    await host.call('review.answer', {
      answerId: randomUUID(),
      questionId: id,
      basedOn: history[0]?.id ?? 0,
      response: { kind: 'skipped' },
      confidence: 'sure',
      usedHelp: false,
      grade: 1,
      answerMs: 21_000,
    });
  }
  return id;
}
