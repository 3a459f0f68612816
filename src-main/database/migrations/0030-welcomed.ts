import type { Migration } from '../migrate.ts';

/** Who has studied or chosen anything before there was a welcome needs none. */
export const welcomed: Migration = {
  version: 30,
  name: 'welcomed',
  sql: `
    INSERT INTO setting (key, value)
      SELECT 'welcomed', 'true'
      WHERE EXISTS (SELECT 1 FROM review) OR EXISTS (SELECT 1 FROM lesson_progress)
        OR EXISTS (SELECT 1 FROM simulation_attempt) OR EXISTS (SELECT 1 FROM pretest_answer)
        OR EXISTS (SELECT 1 FROM interview) OR EXISTS (SELECT 1 FROM setting);
  `,
};
