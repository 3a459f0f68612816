const dayMs = 86_400_000;

/** Further ahead than this, the plan of an interview says nothing. */
export const latestDays = 730;

/** A civil day since 1970-01-01 as a date field has it: `2026-12-12`. */
export function toDateField(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The civil day of a date field; null where it holds no date. */
export function fromDateField(text: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return Number.isFinite(at) ? at / dayMs : null;
}
