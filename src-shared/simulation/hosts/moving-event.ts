import type { Kernel } from '../platform.ts';

/** The one event of its kind and subject that is to come, moved about as what it stands for changes. */
export class MovingEvent {
  private readonly kernel: Pick<Kernel, 'events'>;
  private readonly kind: number;
  private readonly subject: number;
  private handle = -1;
  private dueMs = Infinity;

  constructor(kernel: Pick<Kernel, 'events'>, kind: number, subject: number) {
    this.kernel = kernel;
    this.kind = kind;
    this.subject = subject;
  }

  /** It has come. */
  happened(): void {
    this.handle = -1;
  }

  /** Puts it where it belongs now; Infinity for nowhere. */
  moveTo(dueMs: number): void {
    const { events } = this.kernel;
    if (dueMs === Infinity) {
      if (this.handle >= 0) events.cancel(this.handle);
      this.handle = -1;
    } else if (this.handle < 0) {
      this.handle = events.schedule(dueMs, this.kind, this.subject);
    } else if (dueMs !== this.dueMs) {
      events.move(this.handle, dueMs);
    }
    this.dueMs = dueMs;
  }
}
