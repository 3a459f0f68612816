import { instanceTypes } from '../../catalogue/instance-types.ts';
import { imageBakeSeconds } from '../../catalogue/vm-times.ts';
import type { Service } from '../../workload/service.ts';
import { settingsOf } from '../service-settings.ts';
import type { Scaling } from './scaling-parameters.ts';
import type { VmPlatform } from './vm-parameters.ts';

/** All that a fleet of one service is made by. */
export interface FleetSettings {
  readonly instanceType: string;
  readonly vCpus: number;
  readonly memoryMiB: number;
  readonly pricePerHourUsd: number;
  /** VMs at the start. */
  readonly instances: number;
  /** Limits of the size; a fixed fleet has its size as both. */
  readonly min: number;
  readonly max: number;
  readonly warmPool: number;
  readonly scaling: Scaling;
}

/**
 * The fleet of a service. A value of the service is before one of the platform, and that before one of the instance type;
 * a service that names a type of its own takes all that it does not say from that type.
 */
export function fleetSettings(platform: VmPlatform, service: Service): FleetSettings {
  const own = settingsOf(platform, service);
  const instanceType = own.instanceType ?? platform.instanceType;
  const type = instanceTypes[instanceType];
  const over = own.instanceType === undefined ? platform : null;
  const scaling = own.scaling ?? platform.scaling;
  const instances = own.instances ?? platform.instances;
  const isFixed = scaling.policy === 'fixed';
  return {
    instanceType,
    vCpus: own.vCpus ?? over?.vCpus ?? type.vCpus.value,
    memoryMiB: own.memoryMiB ?? over?.memoryMiB ?? type.memoryMiB.value,
    pricePerHourUsd: own.pricePerHourUsd ?? over?.pricePerHourUsd ?? type.pricePerHourUsd.value,
    instances,
    min: isFixed ? instances : scaling.min,
    max: isFixed ? instances : scaling.max,
    warmPool: own.warmPool ?? platform.warmPool,
    scaling,
  };
}

/** How long it takes to make an image. */
export function bakeSeconds(platform: VmPlatform): number {
  return platform.imageBakeSeconds ?? imageBakeSeconds[platform.imageBake].value;
}
