// node scripts/run.mjs scripts/icons.mjs
// Draws build/icon.svg into the PNG files that electron-builder makes the platforms' icons from.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { inProject } from './lib/paths.mjs';
import { endOnSignals } from './lib/processes.mjs';
import { runScript } from './lib/script.mjs';
import { setUpChromium } from './setup.mjs';

const sizes = [16, 32, 48, 64, 128, 256, 512, 1024];

endOnSignals();
await runScript(async () => {
  const svg = readFileSync(inProject('build', 'icon.svg'), 'utf8');
  mkdirSync(inProject('build', 'icons'), { recursive: true });
  // Only the project's own drawing is opened, so root may do without Chromium's sandbox.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: await setUpChromium(), args });
  const page = await browser.newPage();
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    const png = await page.screenshot({ omitBackground: true });
    writeFileSync(inProject('build', 'icons', `${size}x${size}.png`), png);
    if (size === 1024) writeFileSync(inProject('build', 'icon.png'), png);
  }
  await browser.close();
  process.stdout.write(`✓ Drew ${sizes.length} sizes into build/icons/\n`);
  return 0;
});
