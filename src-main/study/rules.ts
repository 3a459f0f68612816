import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Settings } from '#shared/contract/settings.ts';
import { stepSchema } from '#shared/contract/settings.ts';
import type { SchedulerOptions } from '#shared/study/schedule.ts';
import { readRules, ruleId } from './rule-store.ts';

/** All that an answer is scheduled by, but for the wanted retention. */
const ruleSchema = z.object({
  learningSteps: z.array(stepSchema),
  relearningSteps: z.array(stepSchema),
  maximumIntervalDays: z.int(),
  /** null stands for the parameters that FSRS-6 comes with. */
  weights: z.array(z.number()).nullable(),
});
export type Rule = z.infer<typeof ruleSchema>;

/** The rule of the rows that name none. */
const firstRule: Rule = {
  learningSteps: ['1m', '10m'],
  relearningSteps: ['10m'],
  maximumIntervalDays: 36_500,
  weights: null,
};

export function ruleOf(settings: Settings): Rule {
  const { learningSteps, relearningSteps, maximumIntervalDays, weights } = settings;
  return { learningSteps, relearningSteps, maximumIntervalDays, weights };
}

export function optionsOf(rule: Rule, desiredRetention: number): SchedulerOptions {
  const { weights, ...rest } = rule;
  return { ...rest, desiredRetention, ...(weights === null ? {} : { weights }) };
}

/** The number under which the log has a rule. */
export function numberOfRule(database: Database, rule: Rule): number {
  return ruleId(database, JSON.stringify(rule));
}

/** Finds the rule of a row of the log. */
export function loggedRules(database: Database): (id: number | null) => Rule {
  const rules = new Map(
    [...readRules(database)].map(([id, json]) => [id, ruleSchema.parse(JSON.parse(json))]),
  );
  return (id) => {
    if (id === null) return firstRule;
    const rule = rules.get(id);
    if (!rule) throw new Error(`The log names rule ${String(id)}, which is not there.`);
    return rule;
  };
}
