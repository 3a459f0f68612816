import type { EventName } from '#shared/contract/contract.ts';
import { onEvent } from '../api/client.ts';

/** Loads now, and again whenever one of the events says that something changed, here or in another window. Call while a component is set up. */
export function loadAndFollow(load: () => void, events: readonly EventName[]): void {
  $effect(() => {
    load();
    return onEvent((event) => {
      if (events.includes(event)) load();
    });
  });
}
