import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from 'playwright/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

interface Rules {
  /** These rules and no others. */
  readonly only?: readonly string[];
  /** All but these. */
  readonly without?: readonly string[];
}

/** Fails on anything that axe finds, with where and why. */
export async function expectAccessible(
  page: Page,
  at: string,
  { only, without = [] }: Rules = {},
): Promise<void> {
  // Without frames in the page the older way of asking finds the same, and opens no window for it; to describe what
  // is as it should be would take as long as to find out.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], selectors: false });
  const asked = only ? axe.withRules([...only]) : axe.withTags(rules);
  const { violations } = await asked.disableRules([...without]).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary ?? ''}`),
  );
  expect(found, `what axe finds (${at})`).toEqual([]);
}
