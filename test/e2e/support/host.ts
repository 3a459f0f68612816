import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Input, MethodName, Output } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';

export const projectRoot = join(import.meta.dirname, '..', '..', '..');
const readyLimitMs = 15_000;

interface Running {
  readonly child: ChildProcess;
  readonly url: URL;
  /** Whatever it wrote to its error output. */
  readonly complaints: () => string;
}

/** The loopback host as a user starts it, on a data folder of its own. */
export interface Host {
  readonly dataDir: string;
  /** What the ready line says, with the token. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  /** A call past the interface: to prepare what a test is not about, and to see what the core knows. */
  call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts again on the same data; `port` 0 takes a free one. */
  start(port?: number): Promise<void>;
}

async function startProcess(dataDir: string, port: number): Promise<Running> {
  const script = join(projectRoot, 'out', 'main', 'loopback.js');
  const args = [script, '--port', String(port), '--data-dir', dataDir, '--no-open'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const url = await new Promise<URL>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The host ${why}.\n${output}${errors}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`was not ready after ${readyLimitMs / 1000} s`);
    }, readyLimitMs);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${String(code)} before it was ready`);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /^Slipway is ready at (\S+)$/m.exec(output)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(new URL(address));
    });
  });
  return { child, url, complaints: () => errors };
}

export async function startHost(dataDir: string): Promise<Host> {
  let running: Running | null = await startProcess(dataDir, 0);
  let { url } = running;
  const token = () => url.hash.replace('#token=', '');
  return {
    dataDir,
    get url() {
      return url.href;
    },
    get origin() {
      return url.origin;
    },
    get token() {
      return token();
    },
    async call(method, input) {
      const response = await fetch(`${url.origin}/api/${method}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token()}` },
        body: JSON.stringify(input),
      });
      const result = (await response.json()) as Result<Output<typeof method>>;
      if (!result.ok) throw new Error(`${method}: ${result.error.message}`);
      return result.value;
    },
    async end(signal) {
      if (!running) return;
      const { child, complaints } = running;
      running = null;
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill(signal);
        await ended;
      }
      if (complaints()) throw new Error(`The host complained:\n${complaints()}`);
    },
    async start(port = 0) {
      running = await startProcess(dataDir, port);
      ({ url } = running);
    },
  };
}
