// What a part of `npm test` found, in one shape for all parts, and how it is summed up.

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {string[]} failed The names of what failed.
 * @property {{name: string, reason: string}[]} skipped
 */

/** @returns {Outcome} */
export const noOutcome = () => ({ passed: 0, failed: [], skipped: [] });

/**
 * @param {readonly Outcome[]} outcomes
 * @returns {Outcome}
 */
export function addOutcomes(outcomes) {
  return {
    passed: outcomes.reduce((sum, outcome) => sum + outcome.passed, 0),
    failed: outcomes.flatMap((outcome) => outcome.failed),
    skipped: outcomes.flatMap((outcome) => outcome.skipped),
  };
}

/**
 * A runner that ended with an error although no test failed (a crash, an unhandled rejection, no test
 * found) must not pass for a success.
 * @param {Outcome} outcome
 * @param {string} part
 * @param {number} exitCode
 * @returns {Outcome}
 */
export function withRunnerFailure(outcome, part, exitCode) {
  if (exitCode !== 0 && outcome.failed.length === 0) {
    return {
      ...outcome,
      failed: [`${part}: its runner ended with exit code ${exitCode}, and no failed test to show for it`],
    };
  }
  if (outcome.passed + outcome.failed.length + outcome.skipped.length === 0) {
    return { ...outcome, failed: [`${part}: no test was found`] };
  }
  return outcome;
}

/** @param {Outcome} outcome */
export const lastLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
