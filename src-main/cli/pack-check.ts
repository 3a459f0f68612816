import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { formsTable } from './list-forms.ts';
import { loadPack } from '#main/packs/load.ts';
import { formatProblem } from '#main/packs/problem.ts';

/** `npm run pack:check -- FOLDER`: prints every problem of a content pack with its file and line. */

const usage = `Usage: npm run pack:check -- FOLDER [--quick]

Checks the content pack in FOLDER (the folder that holds pack.yaml) and prints every problem as file:line: message, or
as file: item: message. First what the app itself checks when it loads the pack; then, unless --quick is given, spelling,
Chinese punctuation, the language of each text, the numbers of worked examples, and every simulation by running it.
With --forms in place of a folder it prints the closed forms that drawn questions and worked examples can use.
Exits 0 when the pack is whole, 1 when it has problems, 2 when FOLDER is not given or not there.
`;

async function check(folder: string, quick: boolean): Promise<number> {
  const shown = (file: string) => relative('.', resolve(folder, file));
  const { pack, problems } = loadPack(resolve(folder));
  const lines = problems.map((problem) => formatProblem({ ...problem, file: shown(problem.file) }));
  if (pack && !quick) {
    // The dictionaries take a while to load; who only wants the quick checks does not wait for them.
    const { prove } = await import('./proof/prove.ts');
    for (const { file, where, message } of await prove(pack, resolve(folder)))
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
} else if (folder === '--forms') {
  process.stdout.write(`${formsTable()}\n`);
} else if (!folder || rest.length > 0 || !existsSync(folder)) {
  process.stderr.write(folder && rest.length === 0 ? `There is no folder ${folder}.\n` : usage);
  process.exitCode = 2;
} else {
  process.exitCode = await check(folder, quick);
}
