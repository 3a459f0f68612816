// `npm run package`: the installable app for this platform, in dist/.
import { explainOutput, stepFailure } from './lib/failure.mjs';
import { commandScript } from './lib/paths.mjs';
import { endOnSignals, runNode24 } from './lib/processes.mjs';
import { say, step } from './lib/progress.mjs';
import { runScript } from './lib/script.mjs';
import { setUp } from './setup.mjs';

async function packageApp() {
  const { code, output } = await runNode24(
    [commandScript('electron-builder') ?? '', '--publish', 'never', ...process.argv.slice(2)],
    { env: { FORCE_COLOR: '0' } },
  );
  if (code === 0) return;
  const cause = explainOutput(output, 'electron-builder ended with an error.');
  throw stepFailure({
    what: 'The app could not be packaged.',
    why: cause.why,
    advice: `${cause.advice} (Packaging downloads Electron and the platform’s packers from github.com; \`npm run package:check\` tests the package without them.)`,
    output,
  });
}

endOnSignals();
await runScript(async () => {
  await setUp({ build: true });
  await step({ doing: 'Packaging the app', done: 'Packaged the app into dist/' }, packageApp);
  say('  Without a signing certificate, macOS and Windows ask before they open it for the first time.');
  return 0;
});
