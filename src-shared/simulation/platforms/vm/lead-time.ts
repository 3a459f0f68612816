/**
 * How many VMs of a fleet a rolling deployment may take out of service at once: as many as a batch has, as long as the
 * share that must go on answering is left. 0: none may be missed, so new VMs are launched before old ones go.
 *
 * min(batch, serving - ceil(minHealthyShare x size))
 * Source: AWS CodeDeploy User Guide, minimum healthy instances; Amazon EC2 Auto Scaling User Guide, instance refresh.
 *
 * @param size VMs that the fleet is to have
 * @param serving VMs that can answer now
 */
export function outAtOnce(size: number, serving: number, batchSize: number, minHealthyShare: number): number {
  const mustServe = Math.ceil(size * minHealthyShare - 1e-9);
  return Math.max(0, Math.min(batchSize, serving - mustServe));
}

export interface LeadTime {
  readonly order: 'rolling' | 'blue-green';
  readonly bakeSeconds: number;
  readonly launchSeconds: number;
  /** From the end of the boot until the service answers. */
  readonly bootstrapSeconds: number;
  readonly size: number;
  readonly batchSize: number;
  readonly minHealthyShare: number;
}

/**
 * Time from the order of a new version to the last VM that answers on it, with nothing to drain:
 * bake + launch + bootstrap for blue/green, bake + batches x (launch + bootstrap) for a rolling deployment.
 */
export function leadSeconds(lead: LeadTime): number {
  const { order, bakeSeconds, launchSeconds, bootstrapSeconds, size, batchSize, minHealthyShare } = lead;
  const newVm = launchSeconds + bootstrapSeconds;
  if (order === 'blue-green') return bakeSeconds + newVm;
  const atOnce = outAtOnce(size, size, batchSize, minHealthyShare) || Math.min(batchSize, size);
  return bakeSeconds + Math.ceil(size / Math.max(1, atOnce)) * newVm;
}
