// A Vitest reporter beside the readable one: writes what scripts/test.mjs sums up. Vitest's own JSON
// report leaves out the reason with which a test skips itself.
import { writeFileSync } from 'node:fs';
import { noOutcome } from './outcome.mjs';

/** The environment variable that names the file to write. */
export const outcomeFileVariable = 'SLIPWAY_VITEST_OUTCOME';

/** Vitest makes a reporter by `new` on the module's default export. */
export default class OutcomeReporter {
  /** @param {ReadonlyArray<import('vitest/node').TestModule>} modules */
  onTestRunEnd(modules) {
    const outcome = noOutcome();
    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0)
        outcome.failed.push(module.relativeModuleId);
      for (const test of module.children.allTests()) {
        const name = `${module.relativeModuleId} › ${test.fullName}`;
        const result = test.result();
        if (result.state === 'passed') outcome.passed += 1;
        else if (result.state === 'skipped')
          outcome.skipped.push({ name, reason: result.note ?? 'no reason given' });
        else outcome.failed.push(name);
      }
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) outcome.failed.push(`${module.relativeModuleId} › ${suite.fullName}`);
      }
    }
    const file = process.env[outcomeFileVariable];
    if (file !== undefined) writeFileSync(file, JSON.stringify(outcome));
  }
}
