import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { loadPack } from '#main/packs/load.ts';
import { formatProblem } from '#main/packs/problem.ts';

/** `npm run pack:check -- FOLDER`: prints every problem of a content pack with its file and line. */

const usage = `Usage: npm run pack:check -- FOLDER

Checks the content pack in FOLDER (the folder that holds pack.yaml) and prints every problem as file:line: message.
Exits 0 when the pack is whole, 1 when it has problems, 2 when FOLDER is not given or not there.
`;

const [folder, ...rest] = process.argv.slice(2);
if (folder === '--help') {
  process.stdout.write(usage);
} else if (!folder || rest.length > 0 || !existsSync(folder)) {
  process.stderr.write(folder && rest.length === 0 ? `There is no folder ${folder}.\n` : usage);
  process.exitCode = 2;
} else {
  const { pack, problems } = loadPack(resolve(folder));
  for (const problem of problems) {
    process.stdout.write(
      `${formatProblem({ ...problem, file: relative('.', resolve(folder, problem.file)) })}\n`,
    );
  }
  if (pack) {
    process.stdout.write(
      `${pack.manifest.id} ${pack.manifest.version}: ${pack.lessons.length} lessons, ${pack.questions.length} questions, ` +
        `${pack.scenarios.length} scenarios, ${pack.glossary.length} glossary terms; no problems\n`,
    );
  } else {
    process.stdout.write(`${problems.length} problem(s)\n`);
    process.exitCode = 1;
  }
}
