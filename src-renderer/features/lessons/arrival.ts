let movedOn = false;
// Registered with the page's first code, before any screen can be left.
window.addEventListener('hashchange', () => (movedOn = true), { once: true });

/** Whether the learner came here from another screen; the first screen comes with the page, whose reading starts at its beginning. */
export function hasMovedOn(): boolean {
  return movedOn;
}
