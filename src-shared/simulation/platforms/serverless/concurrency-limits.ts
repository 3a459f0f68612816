/** What is set aside for one function. */
export interface FunctionConcurrency {
  /** The most requests of it at once, kept from all others; null: it shares what is left. */
  readonly reserved: number | null;
  /** Environments kept ready. They are part of what is reserved or shared. */
  readonly provisioned: number;
}

/**
 * How many requests may be worked on at once. An account has a limit. What functions have reserved is taken out of it, and is
 * also their own limit; all others share what is left. Environments kept ready hold their places all the time.
 *
 * Source: AWS Lambda Developer Guide, "Understanding Lambda function scaling".
 */
export class ConcurrencyLimits {
  /** Requests at work, in all functions. */
  inUse = 0;
  private readonly account: number;
  private readonly sharedRoom: number;
  private sharedInUse = 0;
  /** Per function: places beside the environments kept ready; -1 for one that shares. */
  private readonly ownRoom: Int32Array;
  private readonly ownInUse: Int32Array;

  constructor(account: number, functions: readonly FunctionConcurrency[]) {
    this.account = account;
    this.ownRoom = Int32Array.from(functions, ({ reserved, provisioned }) =>
      reserved === null ? -1 : Math.max(0, reserved - provisioned),
    );
    this.ownInUse = new Int32Array(functions.length);
    this.sharedRoom = sharedPlaces(account, functions);
  }

  /** Whether one more request of a function may begin, beside the environments kept ready for it. */
  hasRoom(fn: number): boolean {
    if (this.inUse >= this.account) return false;
    const room = this.ownRoom[fn] as number;
    return room < 0 ? this.sharedInUse < this.sharedRoom : (this.ownInUse[fn] as number) < room;
  }

  /** Whether one more request may begin in an environment that is kept ready. */
  get hasProvisionedRoom(): boolean {
    return this.inUse < this.account;
  }

  take(fn: number, provisioned: boolean): void {
    this.change(fn, provisioned, 1);
  }

  giveBack(fn: number, provisioned: boolean): void {
    this.change(fn, provisioned, -1);
  }

  private change(fn: number, provisioned: boolean, by: number): void {
    this.inUse += by;
    if (provisioned) return;
    if ((this.ownRoom[fn] as number) < 0) this.sharedInUse += by;
    else this.ownInUse[fn] = (this.ownInUse[fn] as number) + by;
  }
}

/** Places that functions without a reservation share, their environments kept ready not counted; negative where too much is set aside. */
export function sharedPlaces(account: number, functions: readonly FunctionConcurrency[]): number {
  return functions.reduce((left, { reserved, provisioned }) => left - (reserved ?? provisioned), account);
}
