/** A number from the world, with where it comes from. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
  /** Year, or year and month, of the source. */
  readonly date: string;
}
