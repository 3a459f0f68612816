import { checkDraws } from '#main/packs/check-draws.ts';
import type { Pack } from '#shared/pack/schema.ts';
import { isDrawn } from '#shared/study/draw-question.ts';
import { checkLanguages } from './languages.ts';
import type { Finding } from './pack-texts.ts';
import { checkScenarios } from './scenarios.ts';
import { checkSpelling } from './spelling.ts';
import { checkWorkedNumbers } from './worked-numbers.ts';

/** Enough to meet each value of a usual list many times. */
const draws = 400;

function checkAllDraws(pack: Pack): Finding[] {
  const findings: Finding[] = [];
  for (const question of pack.questions) {
    if (!isDrawn(question)) continue;
    checkDraws(question, draws, (message) =>
      findings.push({ file: `questions/${question.lessonId}.yaml`, where: question.id, message }),
    );
  }
  return findings;
}

/** Everything that can be proved of a pack beyond what the app checks when it loads it. */
export async function prove(pack: Pack, folder: string): Promise<Finding[]> {
  return [
    ...(await checkSpelling(pack, folder)),
    ...checkLanguages(pack),
    ...checkWorkedNumbers(pack, folder),
    ...checkAllDraws(pack),
    ...checkScenarios(pack),
  ];
}
