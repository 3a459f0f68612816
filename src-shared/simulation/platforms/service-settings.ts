import type { Problem } from '../platform.ts';
import type { Service } from '../workload/service.ts';

/** What a platform lets its file set for single services, by name. */
interface PerService<T> {
  readonly services: Readonly<Record<string, T>>;
}

/** The name under which something is set for a service: its own, or the one that it shares with its replicas. */
export function settingsName({ services }: PerService<unknown>, { name, family }: Service): string {
  return Object.hasOwn(services, name) ? name : family;
}

/** What is set for a service; nothing where the file has neither of its names. */
export function settingsOf<T extends object>(platform: PerService<T>, service: Service): Partial<T> {
  const name = settingsName(platform, service);
  return Object.hasOwn(platform.services, name) ? (platform.services[name] ?? {}) : {};
}

/** Settings for services that the workload does not have. */
export function unknownServices({ services }: PerService<unknown>, workload: readonly Service[]): Problem[] {
  const names = new Set(workload.flatMap(({ name, family }) => [name, family]));
  return Object.keys(services)
    .filter((name) => !names.has(name))
    .map((name) => ({
      path: `platform.services.${name}`,
      message: 'no service of the workload has this name',
    }));
}
