import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { callChannel, eventChannel } from './channels.ts';

/** All that the page gets: one call and one way to listen. Types are those of `src-renderer/api/bridge.ts`. */
contextBridge.exposeInMainWorld('slipway', {
  call: (method: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(callChannel, method, input),
  on: (listener: (event: string, payload: unknown) => void): (() => void) => {
    const forward = (_event: IpcRendererEvent, name: string, payload: unknown) => listener(name, payload);
    ipcRenderer.on(eventChannel, forward);
    return () => ipcRenderer.off(eventChannel, forward);
  },
});
