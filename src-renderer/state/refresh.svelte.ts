import type { EventName } from '#shared/contract/contract.ts';
import { onEvent } from '../api/client.ts';

/**
 * Loads now, and again whenever one of the events says that something changed, here or in another window. Call while a component is set up:
 * what it asks for is on its way while the rest of it is being made.
 */
export function loadAndFollow(load: () => void, events: readonly EventName[]): void {
  $effect.pre(() => {
    load();
    return onEvent((event) => {
      if (events.includes(event)) load();
    });
  });
}
