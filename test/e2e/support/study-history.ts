import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Input, MethodName, Output } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import { createCore } from '#main/core/create-core.ts';
import { answerInput } from '../../support/conversation.ts';
import { settableClock } from '../../support/clock.ts';
import { open, type App } from './fixtures.ts';
import { projectRoot } from './host.ts';

const dayMs = 86_400_000;

/** Answers as they come up, day after day up to the day before `today` (a study day), of someone who is right three times in four. */
function study(dataDir: string, days: number, today: number): number {
  const clock = settableClock(0, Intl.DateTimeFormat().resolvedOptions().timeZone);
  const opened = createCore({
    dataDir,
    contentDirs: [join(projectRoot, 'content')],
    clock,
    log: { info: () => undefined, error: (message) => process.stderr.write(`${message}\n`) },
    host: 'loopback',
    version: '0.0.0-test',
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const call = <M extends MethodName>(method: M, input: Input<M>): Output<M> => {
    const result = opened.value.call(method, input) as Result<Output<M>>;
    if (!result.ok) throw new Error(`${method}: ${result.error.message}`);
    return result.value;
  };
  const noon = today * dayMs + dayMs / 2;
  const said = ['sure', 'think-so', 'guess'] as const;
  let answers = 0;
  for (let back = days; back >= 1; back -= 1) {
    clock.at = noon - back * dayMs;
    if (back === days) {
      const [lesson] = call('lessons.list', {});
      for (const questionId of lesson?.pretest ?? []) {
        const question = call('library.question', { id: questionId });
        const { response } = answerInput({ question, basedOn: 0 }, randomUUID(), { right: false });
        call('lessons.answerPretest', { id: lesson?.id ?? '', questionId, response });
      }
    }
    for (let count = 0; count < 14; count += 1) {
      const { card } = call('review.next', {});
      if (!card) break;
      const right = answers % 4 !== 3;
      call('review.answer', {
        ...answerInput(card, randomUUID(), { right }),
        confidence: said[answers % said.length] ?? null,
      });
      answers += 1;
      clock.advanceMinutes(1);
    }
  }
  opened.value.close();
  return answers;
}

/** Gives the learner a past: so many days of study, up to yesterday. Returns the number of answers. */
export async function studyForDays(app: App, days: number): Promise<number> {
  // Before four in the morning it is still yesterday for who studies.
  const { today } = await app.host.call('progress.calendar', {});
  // A page that is left complains of nothing while its host is away.
  await app.page.goto('about:blank');
  await app.host.end('SIGTERM');
  const answers = study(app.host.dataDir, days, today);
  await app.host.start();
  await open(app);
  return answers;
}
