import { type RollingLimits, rollingStep } from './rolling-limits.ts';

/**
 * How often pods have to be waited for in a rolling update, where all that are created together are ready together.
 * A quarter more and a quarter fewer of 4 replicas: 2 at a time, 2 waits.
 */
export function rollingWaves(replicas: number, limits: RollingLimits): number {
  let state = { replicas, oldPods: replicas, oldReady: replicas, newPods: 0, newReady: 0 };
  let waves = 0;
  while (state.newReady < replicas) {
    // Old pods make room for new ones before anybody has to wait.
    for (;;) {
      const { create, remove } = rollingStep(state, limits);
      if (create === 0 && remove === 0) break;
      const oldPods = state.oldPods - remove;
      state = { ...state, newPods: state.newPods + create, oldPods, oldReady: oldPods };
    }
    state = { ...state, newReady: state.newPods };
    waves++;
  }
  return waves;
}
