// Runs under Node 24: node gallery-server.mjs PORT
import { createServer } from 'vite';
import { inProject } from './paths.mjs';

const [port = '5174'] = process.argv.slice(2);

const server = await createServer({
  configFile: inProject('gallery.config.ts'),
  server: { host: '127.0.0.1', port: Number(port), fs: { allow: [inProject()] } },
});
await server.listen();
process.stdout.write(`The gallery: ${server.resolvedUrls?.local[0] ?? ''}gallery.html\n`);
