// Runs under Node 24: node dev-server.mjs PORT DATA_DIR
// Vite serves the interface from its sources and hands /api on to the loopback host, which
// `node --watch` runs from its sources and starts anew when one of them changes.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { createInterface } from 'node:readline';
import { loadConfigFromFile } from 'electron-vite';
import { createServer } from 'vite';
import { inProject, projectRoot } from './paths.mjs';

const [port = '5173', dataDir = ''] = process.argv.slice(2);

/** The page keeps this token while the core behind it is started anew with tokens of its own. */
const pageToken = randomBytes(24).toString('base64url');
let coreToken = '';

/** @returns {Promise<number>} a port that is free now: the core has to come back to the same one */
const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createTcpServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(address),
      );
    });
  });

const corePort = await freePort();
const coreAddress = `http://127.0.0.1:${corePort}`;

function startCore() {
  mkdirSync(dataDir, { recursive: true });
  const args = ['--watch', '--watch-preserve-output', inProject('src-main', 'hosts', 'loopback', 'main.ts')];
  args.push('--port', String(corePort), '--no-open', '--data-dir', dataDir);
  const core = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: core.stdout }).on('line', (line) => {
    const token = /^Slipway is ready at .*#token=(.+)$/.exec(line)?.[1];
    if (token === undefined) {
      process.stdout.write(`${line}\n`);
      return;
    }
    process.stdout.write(coreToken === '' ? '✓ The core answers\n' : '✓ The core was started anew\n');
    coreToken = token;
  });
  core.once('close', (code) => process.exit(code ?? 1));
  return core;
}

const loaded = await loadConfigFromFile(
  { command: 'serve', mode: 'development' },
  inProject('electron.config.ts'),
);
const { renderer } = /** @type {{renderer: import('vite').UserConfig}} */ (loaded.config);

const server = await createServer({
  ...renderer,
  configFile: false,
  mode: 'development',
  root: inProject('src-renderer'),
  server: {
    host: '127.0.0.1',
    port: Number(port),
    fs: { allow: [projectRoot] },
    proxy: {
      '^/(api/|readyz)': {
        target: coreAddress,
        changeOrigin: true,
        configure(proxy) {
          proxy.on('proxyReq', (outgoing, incoming) => {
            // The guard of the core answers to its own address only; the page's token stands for the core's.
            if (incoming.headers.origin === server.resolvedUrls?.local[0]?.replace(/\/$/, '')) {
              outgoing.setHeader('origin', coreAddress);
            }
            if (incoming.headers.authorization === `Bearer ${pageToken}`) {
              outgoing.setHeader('authorization', `Bearer ${coreToken}`);
            }
          });
        },
      },
    },
  },
});

const core = startCore();
process.once('exit', () => core.kill('SIGTERM'));
await server.listen();
process.stdout.write(`Slipway in development: ${server.resolvedUrls?.local[0] ?? ''}#token=${pageToken}\n`);
