import { valueAt } from '#shared/simulation/apply-changes.ts';
import type { ListedField } from '#shared/simulation/field.ts';
import type { Outcome } from '../../../ui/simulation/protocol.ts';
import { type DraftFile, isChanged, withValue } from './edit-file.ts';
import type { PlatformKind } from './platform-kinds.ts';
import { objectOfKind } from './starting-values.ts';

/** The one family of services; its settings stand under this name. */
export const serviceFamily = 'service';
const servicePath = 'workload.services[0]';

/** Of two fields that exclude each other the one that is set last counts. */
const rivals: Readonly<Record<string, readonly string[]>> = {
  atSeconds: ['everySeconds'],
  everySeconds: ['atSeconds'],
  requests: ['horizonSeconds', 'warmupSeconds'],
  horizonSeconds: ['requests', 'warmupRequests'],
};

const startingFile = (): DraftFile => ({
  platform: { kind: 'queue' },
  workload: {
    services: [
      {
        name: serviceFamily,
        count: 3,
        arrivals: { kind: 'poisson', perSecond: 10 },
        cpu: { kind: 'exponential', meanMs: 20 },
      },
    ],
  },
  faults: [],
  deployments: [],
  run: { horizonSeconds: 300, seeds: [1, 2, 3] },
});

/** The file that a learner puts together. One for all platforms but for their parameters, so that they can be compared. */
export class Workbench {
  file = $state.raw<DraftFile>(startingFile());
  /** What came out last, to compare the next run with. */
  outcome = $state.raw<Outcome | null>(null);
  readonly #start = startingFile();
  #otherPlatforms = new Map<PlatformKind, unknown>();

  get kind(): PlatformKind {
    return valueAt(this.file, 'platform.kind') as PlatformKind;
  }

  choose(kind: PlatformKind): void {
    if (kind === this.kind) return;
    this.#otherPlatforms.set(this.kind, this.file['platform']);
    this.file = { ...this.file, platform: this.#otherPlatforms.get(kind) ?? { kind } };
    this.outcome = null;
  }

  /** The services as faults and deployments name them. */
  get serviceNames(): string[] {
    const count = Number(valueAt(this.file, `${servicePath}.count`) ?? 1);
    if (count === 1) return [serviceFamily];
    const shown = Math.min(200, Math.max(1, Number.isFinite(count) ? Math.floor(count) : 1));
    return Array.from({ length: shown }, (_, index) => `${serviceFamily}-${index + 1}`);
  }

  valueOf({ path, default: byDefault }: ListedField): unknown {
    return valueAt(this.file, path) ?? byDefault;
  }

  has(path: string): boolean {
    return valueAt(this.file, path) !== undefined;
  }

  set(path: string, value: unknown): void {
    let file = withValue(this.file, path, value);
    const [parent, name] = [path.slice(0, path.lastIndexOf('.')), path.split('.').at(-1) ?? ''];
    if (value !== undefined && /^(faults\[|run$)/.test(parent))
      for (const rival of rivals[name] ?? []) file = withValue(file, `${parent}.${rival}`, undefined);
    this.#use(file);
  }

  unset(path: string): void {
    this.#use(withValue(this.file, path, undefined));
  }

  /** Makes the object at a path one of another kind. */
  setKind(path: string, kind: string, fields: readonly ListedField[]): void {
    const old = (valueAt(this.file, path) ?? {}) as Record<string, unknown>;
    this.set(path, objectOfKind(path, kind, fields, old, this.serviceNames[0] ?? ''));
  }

  addTo(list: string, item: unknown): void {
    const items = valueAt(this.file, list);
    this.#use(withValue(this.file, list, [...(Array.isArray(items) ? (items as unknown[]) : []), item]));
  }

  itemsOf(list: string): readonly unknown[] {
    const items = valueAt(this.file, list);
    return Array.isArray(items) ? (items as unknown[]) : [];
  }

  changedOf(fields: readonly ListedField[]): ListedField[] {
    return fields.filter((field) => this.isChanged(field));
  }

  isChanged(field: ListedField): boolean {
    return isChanged(field, this.file, this.#start);
  }

  /** Back to what it began with. */
  reset({ path }: ListedField): void {
    // A run ends in one of two ways.
    if (path.startsWith('run.')) this.#use({ ...this.file, run: this.#start['run'] });
    else this.set(path, valueAt(this.#start, path));
  }

  /** The kind that an object began with. */
  startingKind({ path }: ListedField): string {
    return String(valueAt(this.#start, path));
  }

  /** Takes back all that was changed of the platform. */
  resetPlatform(): void {
    this.#use({ ...this.file, platform: { kind: this.kind } });
  }

  startAnew(): void {
    const { kind } = this;
    this.#otherPlatforms.clear();
    this.outcome = null;
    this.file = { ...startingFile(), platform: { kind } };
  }

  /** Services that were renamed or are gone leave faults and deployments on one that is there. */
  #use(file: DraftFile): void {
    const before = new Set(this.serviceNames);
    this.file = file;
    const names = this.serviceNames;
    if (names.length === before.size && names.every((name) => before.has(name))) return;
    for (const list of ['faults', 'deployments']) {
      this.itemsOf(list).forEach((_, index) => {
        const path = `${list}[${index}].service`;
        const name = valueAt(this.file, path);
        if (name !== undefined && !names.includes(String(name)))
          this.file = withValue(this.file, path, names[0]);
      });
    }
  }
}

/** Kept while the app is open, so that going to a lesson and back loses nothing. */
export const workbench = new Workbench();
