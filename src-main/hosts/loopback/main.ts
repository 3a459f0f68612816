import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { errorText } from '#shared/contract/errors.ts';
import { closestLanguage } from '#shared/languages/languages.ts';
import { defaultDataDir, findAppFolder } from '#main/core/app-folder.ts';
import { createCore, readOwner } from '#main/core/create-core.ts';
import { fileLog } from '#main/core/file-log.ts';
import { errorTexts } from '#main/core/host-texts.ts';
import { systemClock } from '#main/core/system-clock.ts';
import { openBrowser } from './browser.ts';
import { startServer } from './server.ts';

const usage = `Slipway's loopback host: the app in a browser, reachable from this machine only.

  --port N        listen on 127.0.0.1:N (0, the default, takes a free port)
  --data-dir DIR  keep the learner's data in DIR
  --no-open       do not open a browser
  --help          show this
`;

/** Ends with a message for the user. */
function stop(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '0' },
        'data-dir': { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      stop(`--port takes a number from 0 to 65535, not "${values.port}".`, 2);
    return {
      port,
      dataDir: resolve(values['data-dir'] ?? defaultDataDir()),
      open: !values['no-open'],
      help: values.help,
    };
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, 2);
  }
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) {
    process.stdout.write(usage);
    return;
  }
  const language = closestLanguage(
    process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'],
  );
  const app = findAppFolder(import.meta.dirname);
  const log = fileLog(flags.dataDir);
  const core = createCore({
    dataDir: flags.dataDir,
    contentDirs: [app.contentDir],
    clock: systemClock,
    log,
    host: 'loopback',
    version: app.version,
  });
  if (!core.ok) {
    const first = core.error.kind === 'storage-in-use' ? readOwner(flags.dataDir) : null;
    const message = errorText(core.error, await errorTexts(language));
    // A second start of the app is a wish to see it: that is granted by the first.
    const shown = first?.url !== undefined && flags.open && openBrowser(first.url, log);
    stop(message, shown ? 0 : 1);
  }

  const token = randomBytes(32).toString('base64url');
  const started = await startServer(flags.port, {
    core: core.value,
    interfaceDir: app.interfaceDir,
    token,
    log,
  }).catch((error: unknown) => {
    core.value.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return stop(
      `Port ${flags.port} cannot be used (${code}). Choose another with --port, or leave it out for a free one.`,
      1,
    );
  });
  const url = `http://127.0.0.1:${started.port}/#token=${token}`;
  core.value.announce({ pid: process.pid, host: 'loopback', url });

  const end = () => {
    started.server.close();
    started.server.closeAllConnections();
    core.value.close();
    process.exit(0);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);

  process.stdout.write(`Slipway is ready at ${url}\n`);
  if (flags.open) openBrowser(url, log);
}

await main();
