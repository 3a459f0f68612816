import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { z } from 'zod';
import type { Log } from '#main/core/port.ts';

const stateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(320), height: z.int().min(240) }),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof stateSchema>;

const stateFile = (dataDir: string) => join(dataDir, 'window.json');

function isVisible(bounds: Rectangle, displays: readonly { readonly workArea: Rectangle }[]): boolean {
  return displays.some(
    ({ workArea: area }) =>
      bounds.x < area.x + area.width - 60 &&
      bounds.x + bounds.width > area.x + 60 &&
      bounds.y >= area.y - 10 &&
      bounds.y < area.y + area.height - 60,
  );
}

/** Where the window was last time; null at the first start, or when that screen is gone. */
export function readWindowState(dataDir: string): WindowState | null {
  let text: string;
  try {
    text = readFileSync(stateFile(dataDir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const state = stateSchema.parse(JSON.parse(text));
    return isVisible(state.bounds, screen.getAllDisplays()) ? state : null;
  } catch {
    // A window's place is not worth an error: the default place serves.
    return null;
  }
}

export function keepWindowState(window: BrowserWindow, dataDir: string, log: Log): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileSync(stateFile(dataDir), JSON.stringify(state));
    } catch (error) {
      // A full disk must not keep the window from closing.
      log.error('the place of the window was not saved', error);
    }
  });
}
