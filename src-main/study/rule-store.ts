import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';

/** The number of a rule, which is written down when it is new. */
export function ruleId(database: Database, rule: string): number {
  const find = prepared<[string], number>(database, 'SELECT id FROM schedule_rule WHERE rule = ?').pluck();
  const found = find.get(rule);
  if (found !== undefined) return found;
  return Number(prepared(database, 'INSERT INTO schedule_rule (rule) VALUES (?)').run(rule).lastInsertRowid);
}

export function readRules(database: Database): ReadonlyMap<number, string> {
  const rows = prepared<[], { id: number; rule: string }>(
    database,
    'SELECT id, rule FROM schedule_rule',
  ).all();
  return new Map(rows.map(({ id, rule }) => [id, rule]));
}
