import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { loadPack } from '#main/packs/load.ts';
import { formatProblem } from '#main/packs/problem.ts';
import type { Pack } from '#shared/pack/schema.ts';
import { checkLanguages } from './proof/languages.ts';
import type { Finding } from './proof/pack-texts.ts';
import { checkScenarios } from './proof/scenarios.ts';
import { checkSpelling } from './proof/spelling.ts';
import { checkWorkedNumbers } from './proof/worked-numbers.ts';

/** `npm run pack:check -- FOLDER`: prints every problem of a content pack with its file and line. */

const usage = `Usage: npm run pack:check -- FOLDER [--quick]

Checks the content pack in FOLDER (the folder that holds pack.yaml) and prints every problem as file:line: message, or
as file: item: message. First what the app itself checks when it loads the pack; then, unless --quick is given, spelling,
Chinese punctuation, the language of each text, the numbers of worked examples, and every simulation by running it.
Exits 0 when the pack is whole, 1 when it has problems, 2 when FOLDER is not given or not there.
`;

async function proofsOf(pack: Pack, folder: string): Promise<Finding[]> {
  return [
    ...(await checkSpelling(pack, folder)),
    ...checkLanguages(pack),
    ...checkWorkedNumbers(pack, folder),
    ...checkScenarios(pack),
  ];
}

async function check(folder: string, quick: boolean): Promise<number> {
  const shown = (file: string) => relative('.', resolve(folder, file));
  const { pack, problems } = loadPack(resolve(folder));
  const lines = problems.map((problem) => formatProblem({ ...problem, file: shown(problem.file) }));
  if (pack && !quick) {
    for (const { file, where, message } of await proofsOf(pack, resolve(folder)))
      lines.push([shown(file), ...(where === '' ? [] : [where]), message].join(': '));
  }
  for (const line of lines) process.stdout.write(`${line}\n`);
  if (!pack || lines.length > 0) {
    process.stdout.write(`${lines.length} problem(s)\n`);
    return 1;
  }
  process.stdout.write(
    `${pack.manifest.id} ${pack.manifest.version}: ${pack.lessons.length} lessons, ${pack.questions.length} questions, ` +
      `${pack.scenarios.length} scenarios, ${pack.glossary.length} glossary terms; no problems\n`,
  );
  return 0;
}

const given = process.argv.slice(2);
const quick = given.includes('--quick');
const [folder, ...rest] = given.filter((argument) => argument !== '--quick');
if (folder === '--help') {
  process.stdout.write(usage);
} else if (!folder || rest.length > 0 || !existsSync(folder)) {
  process.stderr.write(folder && rest.length === 0 ? `There is no folder ${folder}.\n` : usage);
  process.exitCode = 2;
} else {
  process.exitCode = await check(folder, quick);
}
