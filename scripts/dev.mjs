// `npm run dev`: the interface with hot reload, and the core started anew whenever a source of it changes.
// npm run dev [-- --port N] [--data-dir DIR]
import { parseArgs } from 'node:util';
import { inProject, node24Path, projectEnvironment } from './lib/paths.mjs';
import { endOnSignals, runShown } from './lib/processes.mjs';
import { say } from './lib/progress.mjs';
import { fromCaller, runScript } from './lib/script.mjs';
import { setUp } from './setup.mjs';

endOnSignals(() => 0);
await runScript(async () => {
  let values;
  try {
    ({ values } = parseArgs({ options: { port: { type: 'string' }, 'data-dir': { type: 'string' } } }));
  } catch (error) {
    say(/** @type {Error} */ (error).message);
    return 2;
  }
  await setUp({ build: false });
  // A developer's experiments stay apart from what the developer learns.
  const dataDir =
    values['data-dir'] === undefined ? inProject('.slipway', 'dev-data') : fromCaller(values['data-dir']);
  return runShown(
    node24Path,
    [inProject('scripts', 'lib', 'dev-server.mjs'), values.port ?? '5173', dataDir],
    {
      env: projectEnvironment({ NODE_ENV: 'development' }),
    },
  );
});
