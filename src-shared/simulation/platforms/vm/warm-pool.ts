import type { Cloud } from './cloud.ts';
import type { Version, VirtualMachine } from './virtual-machine.ts';

/**
 * VMs that were launched and set up beforehand and are stopped: they start faster, and cost nothing while they are stopped
 * (their disks are not part of the model). Whoever is taken is made anew; an image of another version makes all useless.
 *
 * Source: Amazon EC2 Auto Scaling User Guide, "Warm pools".
 */
export class WarmPool {
  private readonly cloud: Cloud;
  private readonly service: number;
  private readonly size: number;
  private readonly vms: VirtualMachine[] = [];
  /** VMs that were made before the run began. */
  private madeBefore: number;

  constructor(cloud: Cloud, service: number, size: number) {
    this.cloud = cloud;
    this.service = service;
    this.size = size;
    this.madeBefore = size;
  }

  /** Takes a VM of a version out of the pool, if one is ready. */
  take(version: Version): boolean {
    if (version.number === 0 && this.madeBefore > 0) {
      this.madeBefore--;
      return true;
    }
    const found = this.vms.findIndex((vm) => vm.state === 'stopped' && vm.version === version);
    const vm = this.vms[found];
    if (vm === undefined) return false;
    this.vms.splice(found, 1);
    this.cloud.terminate(vm);
    return true;
  }

  /** Throws away what holds another version, and makes what is missing. */
  fill(version: Version, zone: number | null): void {
    if (version.number !== 0) this.madeBefore = 0;
    for (const vm of this.vms.filter((other) => other.version !== version)) {
      this.vms.splice(this.vms.indexOf(vm), 1);
      this.cloud.terminate(vm);
    }
    if (zone === null) return;
    const { launchSeconds } = this.cloud.platform;
    while (this.madeBefore + this.vms.length < this.size) {
      this.vms.push(this.cloud.launch({ service: this.service, role: 'pool', zone, version, launchSeconds }));
    }
  }
}
