import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll } from 'vitest';
import type { Input, MethodName, Output } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import { loopbackHost } from './paths.ts';

export interface HostProcess {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly port: number;
  readonly token: string;
  call<M extends MethodName>(method: M, input: Input<M>): Promise<Result<Output<M>>>;
  /** Ends it as Ctrl-C does; answers the exit code. */
  stop(signal?: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
  /** Ends it without a chance to do anything more. */
  kill(): Promise<void>;
}

export interface HostOptions {
  readonly dataDir: string;
  /** The program; the loopback host straight from its TypeScript where nothing is said. */
  readonly script?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Further flags; a later one of the same name counts. */
  readonly flags?: readonly string[];
}

const running = new Set<ChildProcess>();

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a host as a user's shell would. */
export function spawnHost({
  dataDir,
  script = loopbackHost,
  env = {},
  flags = [],
}: HostOptions): ChildProcess {
  const child = spawn(
    process.execPath,
    [script, '--data-dir', dataDir, '--no-open', '--port', '0', ...flags],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', ...env },
    },
  );
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** What a host that ends by itself leaves behind. */
export async function outcomeOf(
  child: ChildProcess,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
}

/** Starts a host and waits for its ready line. */
export async function startHost(options: HostOptions): Promise<HostProcess> {
  const child = spawnHost(options);
  const url = await new Promise<URL>((resolve, reject) => {
    let output = '';
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const line = /^Slipway is ready at (\S+)$/m.exec(output)?.[1];
      if (line) resolve(new URL(line));
    });
    child.once('exit', (code) => reject(new Error(`the host ended with ${String(code)}: ${errors}`)));
  });
  const token = url.hash.replace('#token=', '');
  const end = async (signal: NodeJS.Signals) => {
    const ended = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await ended)[0];
  };
  return {
    child,
    origin: url.origin,
    port: Number(url.port),
    token,
    call: async <M extends MethodName>(method: M, input: Input<M>) => {
      const response = await fetch(`${url.origin}/api/${method}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify(input),
      });
      return (await response.json()) as Result<Output<M>>;
    },
    stop: (signal = 'SIGINT') => end(signal),
    kill: async () => {
      await end('SIGKILL');
    },
  };
}
