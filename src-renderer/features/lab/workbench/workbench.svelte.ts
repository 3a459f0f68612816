import { valueAt } from '#shared/simulation/apply-changes.ts';
import type { LabRun } from '#shared/contract/contract.ts';
import type { ListedField } from '#shared/simulation/field.ts';
import type { Outcome } from '../../../ui/simulation/protocol.ts';
import { keepDraft, keptDraft } from '../../../state/window-draft.ts';
import { applies, type DraftFile, isChanged, withValue } from './edit-file.ts';
import type { PlatformKind } from './platform-kinds.ts';
import { firstName, startingFile } from './starting-file.ts';
import { objectOfKind } from './starting-values.ts';

const draftName = 'workbench';

interface Draft {
  readonly file: DraftFile;
  readonly otherPlatforms: readonly (readonly [PlatformKind, unknown])[];
}

const servicePath = 'workload.services[0]';

/** Of two fields that exclude each other the one that is set last counts. */
const rivals: Readonly<Record<string, readonly string[]>> = {
  atSeconds: ['everySeconds'],
  everySeconds: ['atSeconds'],
  requests: ['horizonSeconds', 'warmupSeconds'],
  horizonSeconds: ['requests', 'warmupRequests'],
};

/** The names of one entry of the workload; there may be anything in it. */
function namesOf(service: unknown): string[] {
  const { name, count = 1 } = (service ?? {}) as { name?: unknown; count?: unknown };
  const family = typeof name === 'string' ? name : firstName;
  if (count === 1) return [family];
  const shown = Math.min(200, Math.max(1, Math.floor(Number(count)) || 1));
  return Array.from({ length: shown }, (_, index) => `${family}-${index + 1}`);
}

/** Seeds that no run had before. */
const drawSeeds = (count: number): number[] => [...crypto.getRandomValues(new Uint32Array(count))];

/** The file that a learner puts together. One for all platforms but for their parameters, so that they can be compared. */
export class Workbench {
  file = $state.raw<DraftFile>(startingFile());
  /** What came out last, to compare the next run with. */
  outcome = $state.raw<Outcome | null>(null);
  /** Every run on the seeds of the file, so that what differs comes from the configuration alone; or each on others. */
  sameSeeds = $state(true);
  /** What there was before a whole other file came. */
  replaced = $state.raw<DraftFile | null>(null);
  /** The run that the next one is laid over. */
  comparedWith = $state.raw<LabRun | null>(null);
  readonly #start = startingFile();
  #otherPlatforms = new Map<PlatformKind, unknown>();

  constructor() {
    const draft = keptDraft(draftName) as Draft | null;
    if (!draft) return;
    this.file = draft.file;
    this.#otherPlatforms = new Map(draft.otherPlatforms);
  }

  /** A reload of the page finds the file as it is, and the platforms that were left. */
  keep(): void {
    const draft: Draft = { file: this.file, otherPlatforms: [...this.#otherPlatforms] };
    keepDraft(draftName, draft);
  }

  get kind(): PlatformKind {
    return valueAt(this.file, 'platform.kind') as PlatformKind;
  }

  /** The file as the next run gets it. */
  fileToRun(): DraftFile {
    if (this.sameSeeds) return this.file;
    const run = (this.file['run'] ?? {}) as { readonly seeds?: readonly unknown[] };
    return { ...this.file, run: { ...run, seeds: drawSeeds(run.seeds?.length ?? 3) } };
  }

  /** Puts a whole file in the place of this one, which can be taken back. */
  replace(file: DraftFile): void {
    this.replaced = this.file;
    this.#put(file);
  }

  takeBack(): void {
    if (this.replaced) this.#put(this.replaced);
    this.replaced = null;
  }

  #put(file: DraftFile): void {
    this.#otherPlatforms.set(this.kind, this.file['platform']);
    this.outcome = null;
    this.file = file;
  }

  choose(kind: PlatformKind): void {
    if (kind === this.kind) return;
    this.#otherPlatforms.set(this.kind, this.file['platform']);
    this.file = { ...this.file, platform: this.#otherPlatforms.get(kind) ?? { kind } };
    this.outcome = null;
  }

  /** The name under which the services that can be changed here stand. */
  get family(): string {
    const name = valueAt(this.file, `${servicePath}.name`);
    return typeof name === 'string' ? name : firstName;
  }

  /** Services of a file from elsewhere beyond the first; they run, and are changed in the text. */
  get furtherServices(): number {
    return Math.max(0, this.itemsOf('workload.services').length - 1);
  }

  /** The services as faults and deployments name them. */
  get serviceNames(): string[] {
    return this.itemsOf('workload.services').flatMap(namesOf);
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
    // What another kind would have in the same place is not there.
    return fields.filter((field) => applies(field, this.file) && this.isChanged(field));
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
    this.replaced = this.file;
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

/** One while the window is open, so that going to a lesson and back loses nothing. */
export const workbench = new Workbench();
