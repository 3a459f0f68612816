const keyOf = (name: string): string => `slipway.draft.${name}`;
/** More than anybody sets by hand; the window has room for a few million characters in all. */
const longestDraft = 500_000;

/** Keeps what is being put together while this window is open, through a reload of its page; null keeps nothing any more. */
export function keepDraft(name: string, draft: unknown): void {
  const text = draft === null ? null : JSON.stringify(draft);
  if (text === null || text.length > longestDraft) sessionStorage.removeItem(keyOf(name));
  else sessionStorage.setItem(keyOf(name), text);
}

/** What was kept under a name by this window, as it was; null where there is nothing. */
export function keptDraft(name: string): unknown {
  const text = sessionStorage.getItem(keyOf(name));
  return text === null ? null : (JSON.parse(text) as unknown);
}
