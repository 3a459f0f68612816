/** What the preload script of the Electron host puts into the page; absent on the loopback host. */
export interface Bridge {
  call(method: string, input: unknown): Promise<unknown>;
  on(listener: (event: string, payload: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly slipway?: Bridge;
  }
}
