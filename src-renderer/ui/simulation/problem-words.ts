import { i18n, t, type MessageKey } from '../../i18n/i18n.svelte.ts';

/** What the simulator, which speaks English to authors, says of a field; and the message that says it to a learner. */
const known: readonly (readonly [pattern: RegExp, message: MessageKey])[] = [
  [/^about (\d+) requests would come; expected at most (\d+)/, 'problem.tooManyRequests'],
  [/received undefined$/, 'problem.missing'],
  [/^Too big: .* <=?(\S+)/, 'problem.atMost'],
  [/^Too small: .* >=(\S+)/, 'problem.atLeast'],
  [/^Too small: .* >(\S+)/, 'problem.moreThan'],
  [/expected int/, 'problem.whole'],
  [/^expected at least one entry/, 'problem.oneEntry'],
  [/^expected 0 or at least the/, 'problem.limitBelowRequest'],
  [/^expected at least "(\w+)"/, 'problem.atLeast'],
  [/^expected (?:less|fewer) than "?(\w+)"?/, 'problem.lessThan'],
  [/^expected more than (\w+)/, 'problem.moreThan'],
  [/^expected within "(\w+)".* "(\w+)"/, 'problem.within'],
  [/^expected later than the entry before/, 'problem.later'],
  [/^expected (?:one of|either|only one of) "(\w+)" (?:and|or) "(\w+)"/, 'problem.oneOf'],
  [/^goes with "(\w+)"/, 'problem.goesWith'],
  [/^no service of the workload/, 'problem.noService'],
  [/^the platform "[\w-]+" knows no/, 'problem.unknownHere'],
  [/(?:are|has) only (\d+)/, 'problem.only'],
  [/^port (\d+) is taken/, 'problem.portTaken'],
  [/has no price for provisioned concurrency/, 'problem.noPrice'],
  [/^arrivals end before/, 'problem.arrivalsEnd'],
  [/concurrency together exceed/, 'problem.concurrency'],
  [/^the rate would change/, 'problem.rateChanges'],
  [/expected at most (?:the )?(\d+)/, 'problem.atMost'],
];

/** A problem in the learner's language as far as that goes; what has no message of its own comes with the English detail. */
export function problemWords(message: string): { readonly text: string; readonly detail: string | null } {
  for (const [pattern, key] of known) {
    const found = pattern.exec(message);
    if (found) return { text: t(key, { a: found[1], b: found[2] }), detail: null };
  }
  return { text: t('problem.other'), detail: message };
}

/** The language of a detail, where it is not the learner's. */
export const detailLanguage = (): 'en' | undefined => (i18n.language === 'en' ? undefined : 'en');
