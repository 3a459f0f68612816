// `npm run gallery`: every component in each of its states, with hot reload. Needs no core.
// npm run gallery [-- --port N]
import { parseArgs } from 'node:util';
import { inProject, node24Path, projectEnvironment } from './lib/paths.mjs';
import { endOnSignals, runShown } from './lib/processes.mjs';
import { say } from './lib/progress.mjs';
import { runScript } from './lib/script.mjs';
import { setUp } from './setup.mjs';

endOnSignals(() => 0);
await runScript(async () => {
  let values;
  try {
    ({ values } = parseArgs({ options: { port: { type: 'string' } } }));
  } catch (error) {
    say(/** @type {Error} */ (error).message);
    return 2;
  }
  await setUp({ build: false });
  return runShown(node24Path, [inProject('scripts', 'lib', 'gallery-server.mjs'), values.port ?? '5174'], {
    env: projectEnvironment({ NODE_ENV: 'development' }),
  });
});
