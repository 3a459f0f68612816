import type { Defect } from '../../deployments/deployment-schema.ts';
import type { Group, Host } from '../../hosts/estate-parts.ts';

/** What an image holds. */
export interface Version {
  /** 0 for the one that a run begins with. */
  readonly number: number;
  readonly defect: Defect | null;
  /** Index of the fault that ordered it, or null. */
  readonly fault: number | null;
}

/**
 * What a VM is for: `live` ones get requests; `standby` ones are the second fleet of a blue/green deployment before the
 * switch, `old` ones the first fleet after it; `pool` ones are made for the warm pool and stopped.
 */
export type VmRole = 'live' | 'standby' | 'old' | 'pool';

/** `launching`: up to the end of its boot; `starting`: the service starts; `lost`: gone, and nobody has noticed yet; `stopped`: ready in the warm pool. */
export type VmState =
  'launching' | 'starting' | 'in-service' | 'draining' | 'lost' | 'stopped' | 'terminated';

export interface VirtualMachine {
  readonly index: number;
  readonly id: string;
  /** Index of the service whose fleet it belongs to. */
  readonly service: number;
  readonly zone: number;
  readonly version: Version;
  /** The last part of its launch, from which on it is billed. */
  readonly bootSeconds: number;
  role: VmRole;
  state: VmState;
  /** Handle of the event of its next state, or -1. */
  timer: number;
  /** Its machine in the estate, from the end of the boot on. */
  host: Host | null;
  group: Group | null;
  /** When it began to be billed. */
  launchedMs: number | null;
  inServiceMs: number | null;
  /** When it is warmed up; its metrics count from then on. */
  warmMs: number;
  /** Core-milliseconds in use on it by the last point of the autoscaling, and by the end of the run's warm-up. */
  busyAtPointMs: number;
  busyAtWindowMs: number;
}

/** Core-milliseconds in use on a VM so far. */
export function busyCoreMs({ host }: VirtualMachine, nowMs: number): number {
  return host === null ? 0 : host.busyCores.integral(nowMs);
}
