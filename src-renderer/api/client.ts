import type { Input, MethodName, Output } from '#shared/contract/contract.ts';
import type { Result } from '#shared/contract/result.ts';
import { httpTransport, ipcTransport, takeToken, type Transport } from './transport.ts';

type Feature = MethodName extends `${infer F}.${string}` ? F : never;
type Verb<F extends Feature> = Extract<MethodName, `${F}.${string}`> extends `${F}.${infer V}` ? V : never;
type MethodOf<F extends Feature, V extends string> = Extract<MethodName, `${F}.${V}`>;

/** `api.review.answer(input)`: the contract as nested functions. */
export type Api = {
  readonly [F in Feature]: {
    readonly [V in Verb<F>]: (input: Input<MethodOf<F, V>>) => Promise<Result<Output<MethodOf<F, V>>>>;
  };
};

/** Method names are made from the property names, so that the page need not load the schemas of the contract. */
export function createApi(transport: Transport): Api {
  const feature = (name: string) =>
    new Proxy(
      {},
      { get: (_target, verb: string) => (input: unknown) => transport.call(`${name}.${verb}`, input) },
    );
  return new Proxy({}, { get: (_target, name: string) => feature(name) }) as Api;
}

const transport = window.slipway ? ipcTransport(window.slipway) : httpTransport(takeToken());

/** Whether this is the desktop app, which other programs can open by links of its own. */
export const isDesktop = window.slipway !== undefined;

export const api = createApi(transport);

/** Listens to what the core tells every window. */
export const onEvent = transport.on;
