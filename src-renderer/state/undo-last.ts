import { fail, type Result } from '#shared/contract/result.ts';
import { api } from '../api/client.ts';

/** Takes back what was done last, if that is still what is meant and nothing else was done since, here or in another window. */
export async function undoLast(kind: string): Promise<Result<unknown>> {
  const today = await api.review.today({});
  if (!today.ok) return today;
  return today.value.undo?.kind === kind ? api.review.undo({}) : fail('nothing-to-undo');
}
