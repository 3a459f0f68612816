import type { AppError } from '#shared/contract/errors.ts';
import type { Result } from '#shared/contract/result.ts';

/** A value that comes from the core: loading, there, or an error that can be tried again. */
export class Remote<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<AppError | null>(null);
  loading = $state(false);
  #latest = 0;

  /** Runs a call; an answer that a later call has overtaken is dropped. */
  async run(call: () => Promise<Result<T>>): Promise<boolean> {
    const mine = ++this.#latest;
    this.loading = true;
    const result = await call();
    if (mine !== this.#latest) return false;
    this.loading = false;
    this.error = result.ok ? null : result.error;
    if (result.ok) this.value = result.value;
    return result.ok;
  }
}
