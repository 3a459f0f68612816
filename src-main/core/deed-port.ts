import type { DeedPort } from '#main/study/deeds.ts';
import type { Context } from './port.ts';

/** What a deed of now is done on. */
export function deedPort(context: Context): DeedPort {
  return { database: context.database, cards: context.cards(), moment: context.moment() };
}
