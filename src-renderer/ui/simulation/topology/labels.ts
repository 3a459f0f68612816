import type { GroupSnapshot, HostSnapshot, InstanceSnapshot } from '#shared/simulation/simulate.ts';
import { i18n, t } from '../../../i18n/i18n.svelte.ts';
import { displayName } from '../names.ts';
import { groupName, groupState, hostState, isDefective, versionsOf } from './group-words.ts';
import type { ColorName } from './palette.ts';

export interface Note {
  readonly words: string;
  readonly color: ColorName;
}

/** Words of the picture, looked up once and not for every frame. For one language. */
export class Labels {
  readonly language = i18n.language;
  readonly #known = new Map<string, string>();
  readonly #whole = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 });
  readonly #fine = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  readonly #compact = new Intl.NumberFormat(i18n.language, { notation: 'compact', maximumFractionDigits: 1 });

  number(value: number): string {
    const whole = Math.round(value);
    return whole < 1000
      ? String(whole)
      : whole < 100_000
        ? this.#whole.format(whole)
        : this.#compact.format(whole);
  }

  /** Small ones with a decimal. */
  amount(value: number): string {
    return value < 9.95 ? this.#fine.format(value) : this.number(value);
  }

  perSecond(rate: number): string {
    return this.#once(`rate ${this.amount(rate)}`, () =>
      t('topology.perSecond', { value: this.amount(rate) }),
    );
  }

  requests(busy: number, waiting: number): string {
    return waiting > 0 ? `${this.number(busy)}+${this.number(waiting)}` : this.number(busy);
  }

  percent(share: number): string {
    return `${Math.round(share * 100)}%`;
  }

  more(count: number): string {
    return `+${this.number(count)}`;
  }

  said(key: 'clients' | 'door' | 'line' | 'invoker' | 'os' | 'guestOs' | 'overfull'): string {
    return this.#once(key, () => t(`topology.${key}`));
  }

  /** How much of its memory a machine has left, and of how much where that fits. */
  free({ memoryMiB, memoryUsedMiB }: HostSnapshot, fits: (words: string) => boolean): string {
    const all = this.#fine.format((memoryMiB ?? 0) / 1024);
    const free = this.#fine.format(Math.max(0, (memoryMiB ?? 0) - (memoryUsedMiB ?? 0)) / 1024);
    const whole = this.#once(`free ${free} ${all}`, () => t('topology.free', { free, all }));
    return fits(whole) ? whole : this.#once(`free ${free}`, () => t('topology.freeShort', { free }));
  }

  host(host: HostSnapshot): string {
    return this.#once(`host ${host.id}`, () => displayName(host.id));
  }

  hostState(host: HostSnapshot): string {
    return this.#once(`state ${host.state} ${host.elastic ?? false}`, () => hostState(host));
  }

  /** The number alone, where there is no room for the name. */
  hostNumber({ id }: HostSnapshot): string {
    return /(\d+)$/.exec(id)?.[1] ?? '';
  }

  group(group: GroupSnapshot): string {
    return this.#once(`group ${group.id} ${group.instances[0]?.service ?? ''}`, () => groupName(group));
  }

  instance({ id, service }: InstanceSnapshot): string {
    return this.#once(`instance ${id}`, () => service ?? displayName(id));
  }

  /** The version, where it is not the first; that it is defective; that it is kept ready. */
  mark(group: GroupSnapshot): string {
    const { provisioned } = group;
    const versions = group.instances.some(({ version }) => version !== null && version > 1)
      ? versionsOf(group)
      : '';
    const words = [versions, isDefective(group) ? '✗' : '', provisioned ? '★' : ''];
    return words.filter((word) => word !== '').join(' ');
  }

  /** What is the matter with it, in words. */
  notes(group: GroupSnapshot): readonly Note[] {
    const notes: Note[] = [];
    const { state, leakedMiB } = group;
    if (state !== 'running') {
      const words = this.#once(`group state ${state} ${group.startsBy ?? ''}`, () => groupState(group));
      notes.push({ words, color: state === 'killed' || state === 'restarting' ? 'bad' : 'warn' });
    }
    if (group.throttled)
      notes.push({ words: `⚡ ${this.#once('throttled', () => t('topology.throttled'))}`, color: 'hull' });
    if (leakedMiB >= 1) {
      const value = this.number(leakedMiB);
      notes.push({ words: this.#once(`leak ${value}`, () => t('topology.leaks', { value })), color: 'hull' });
    }
    return notes;
  }

  #once(key: string, words: () => string): string {
    let known = this.#known.get(key);
    if (known === undefined) {
      if (this.#known.size > 4000) this.#known.clear();
      known = words();
      this.#known.set(key, known);
    }
    return known;
  }
}
