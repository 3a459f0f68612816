import type { EventName, Events } from '#shared/contract/contract.ts';
import { fail, type Result } from '#shared/contract/result.ts';
import type { Bridge } from './bridge.ts';

export type Listener = <E extends EventName>(event: E, payload: Events[E]) => void;

/** A way to the core. A call always answers; what goes wrong on the way is an error like any other. */
export interface Transport {
  call(method: string, input: unknown): Promise<Result<unknown>>;
  on(listener: Listener): () => void;
}

export function ipcTransport(bridge: Bridge): Transport {
  return {
    call: async (method, input) => {
      try {
        return (await bridge.call(method, input)) as Result<unknown>;
      } catch {
        // The main process is gone or going.
        return fail('unreachable');
      }
    },
    on: (listener) => bridge.on((event, payload) => listener(event as EventName, payload as never)),
  };
}

/** UTF-8 takes up to three bytes for a character of our languages. */
const keepaliveCharacters = 20_000;
const tokenKey = 'slipway.token';
const tokenHash = /^#token=([\w-]+)$/;

/**
 * Takes the token out of the address, so that it stays in no history and no bookmark; a reload finds it in the tab's storage.
 * An open page that is given a new address of the same host takes the new token and stays as it is, with all that was typed.
 */
export function takeToken(): () => string {
  let token = sessionStorage.getItem(tokenKey) ?? '';
  const take = (place: string) => {
    const given = tokenHash.exec(location.hash)?.[1];
    if (given === undefined) return false;
    token = given;
    sessionStorage.setItem(tokenKey, token);
    history.replaceState(null, '', `${location.pathname}${place}`);
    return true;
  };
  take('#/');
  const onHashChange = (event: HashChangeEvent) => {
    // To the router, nothing has happened. An event of its own making names no address.
    const left = event.oldURL ? new URL(event.oldURL).hash : '';
    if (!take(left || '#/')) return;
    event.stopImmediatePropagation();
    window.dispatchEvent(new Event('slipway:token'));
  };
  window.addEventListener('hashchange', onHashChange, { capture: true });
  return () => token;
}

/** Reads lines of JSON as they arrive, until the connection ends. */
async function readLines(body: ReadableStream<Uint8Array>, onLine: (line: string) => void): Promise<void> {
  let rest = '';
  const reader = body.pipeThrough(new TextDecoderStream() as never).getReader();
  for (;;) {
    const { done, value } = (await reader.read()) as { done: boolean; value: string | undefined };
    if (done) return;
    const lines = (rest + (value ?? '')).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  }
}

/** One stream of events for the whole page: a browser keeps only six connections to a host. */
function followEvents(listeners: ReadonlySet<Listener>, authorization: () => string): void {
  const listen = async () => {
    for (;;) {
      try {
        const response = await fetch('/api/events', { headers: { Authorization: authorization() } });
        if (response.ok && response.body) {
          await readLines(response.body, (line) => {
            const { event, payload } = JSON.parse(line) as { event: EventName; payload: never };
            for (const listener of [...listeners]) listener(event, payload);
          });
        }
      } catch {
        // The host is away for now; calls say so to the learner. Listening goes on when it is back.
      }
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  };
  void listen();
}

export function httpTransport(token: () => string): Transport {
  const authorization = () => `Bearer ${token()}`;
  const listeners = new Set<Listener>();
  let following = false;
  return {
    call: async (method, input) => {
      try {
        const body = JSON.stringify(input) ?? '';
        const response = await fetch(`/api/${method}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: authorization() },
          body,
          // A page that is being closed still gets its last words through; browsers allow 64 KiB of that.
          keepalive: body.length < keepaliveCharacters,
        });
        return (await response.json()) as Result<unknown>;
      } catch {
        return fail('unreachable');
      }
    },
    on: (listener) => {
      // A listener may be given twice; each time it is one of its own.
      const own: Listener = (event, payload) => listener(event, payload);
      if (!following) {
        following = true;
        followEvents(listeners, authorization);
      }
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}
