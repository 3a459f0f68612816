// A Playwright reporter beside the readable one: writes what scripts/test.mjs sums up.
import { writeFileSync } from 'node:fs';
import { noOutcome } from './outcome.mjs';

/** The environment variable that names the file to write. */
export const outcomeFileVariable = 'SLIPWAY_PLAYWRIGHT_OUTCOME';

/** @param {import('playwright/types/testReporter').TestCase} test */
function reasonOf(test) {
  const note = test.annotations.find(({ type, description }) => type === 'skip' && description !== undefined);
  const didRun = test.results.some(({ status }) => status !== 'skipped');
  return (
    note?.description ??
    (didRun ? 'no reason given' : 'no reason given, or an earlier test of its group failed')
  );
}

/** Playwright makes a reporter by `new` on the module's default export. */
export default class OutcomeReporter {
  /** @type {import('playwright/types/testReporter').Suite | undefined} */
  suite;
  /** @type {string[]} */
  errors = [];

  /**
   * @param {import('playwright/types/testReporter').FullConfig} _config
   * @param {import('playwright/types/testReporter').Suite} suite
   */
  onBegin(_config, suite) {
    this.suite = suite;
  }

  /** An error outside of any test. @param {{message?: string}} error */
  onError(error) {
    this.errors.push(`outside of any test: ${(error.message ?? 'unknown error').split('\n')[0]}`);
  }

  onEnd() {
    const outcome = noOutcome();
    for (const test of this.suite?.allTests() ?? []) {
      const name = test.titlePath().filter(Boolean).join(' › ');
      if (test.outcome() === 'skipped') outcome.skipped.push({ name, reason: reasonOf(test) });
      // A test that passes only at the second try is a test that fails.
      else if (test.outcome() === 'expected') outcome.passed += 1;
      else outcome.failed.push(name);
    }
    outcome.failed.push(...this.errors);
    const file = process.env[outcomeFileVariable];
    if (file !== undefined) writeFileSync(file, JSON.stringify(outcome));
  }
}
