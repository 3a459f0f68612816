// `npm run screens`: every screen, and every section of the gallery, as a PNG file, in both languages, light and dark, wide
// and narrow.
import { commandScript, node24Path, projectEnvironment } from './lib/paths.mjs';
import { endOnSignals, runShown } from './lib/processes.mjs';
import { runScript } from './lib/script.mjs';
import { setUp, setUpChromium, setUpGallery } from './setup.mjs';

endOnSignals();
await runScript(async () => {
  await setUp({ build: true });
  await setUpGallery();
  const env = projectEnvironment({ SLIPWAY_CHROMIUM: await setUpChromium() });
  const args = [commandScript('playwright') ?? '', 'test', '--config', 'test/e2e/screens.config.ts'];
  return runShown(node24Path, [...args, ...process.argv.slice(2)], { env });
});
