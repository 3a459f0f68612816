/** A number from the world, with where it comes from. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
  /** Year, or year and month, of the source. */
  readonly date: string;
}

/** Where a number is from, and of when, in one line, as fields name the source of their default. */
export function sourceOf({ source, date }: Quantity): string {
  return `${source}, ${date}`;
}
