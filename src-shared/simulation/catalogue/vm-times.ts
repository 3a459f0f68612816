import type { Quantity } from './quantity.ts';

const coldBoot = { source: 'brevdev/ec2-coldboot-research, m7i.large', date: '2026', unit: 's' } as const;

/** From the order of a VM to its first login: the call to the cloud's API, the state "pending", the boot. */
export const vmLaunch: {
  readonly apiSeconds: Quantity;
  readonly pendingSeconds: Quantity;
  readonly bootSeconds: Quantity;
  readonly totalSeconds: Quantity;
  /** The same for a VM that was made beforehand and stopped. */
  readonly warmPoolSeconds: Quantity;
} = {
  apiSeconds: { value: 4.8, ...coldBoot },
  pendingSeconds: { value: 17.8, ...coldBoot },
  bootSeconds: { value: 3.2, ...coldBoot },
  totalSeconds: { value: 25.8, ...coldBoot },
  warmPoolSeconds: { value: 12.8, ...coldBoot },
};

/** How long it takes to make a VM image of a new version, by the way that it is made. */
export const imageBakeSeconds = {
  /** 8 to 10 minutes. */
  'ebs-backed': {
    value: 540,
    unit: 's',
    source: 'Netflix TechBlog, "AMI Creation with Aminator": 8 to 10 minutes, EBS-backed',
    date: '2013',
  },
  /** 15 to 20 minutes. */
  's3-backed': {
    value: 1050,
    unit: 's',
    source: 'Netflix TechBlog, "AMI Creation with Aminator": 15 to 20 minutes, S3-backed',
    date: '2013',
  },
  /** 51 to 71 minutes. */
  'packer-pipeline': {
    value: 3660,
    unit: 's',
    source: 'supabase/postgres, pull request 2457: 51 to 71 minutes for the whole pipeline',
    date: '2026',
  },
} as const satisfies Readonly<Record<string, Quantity>>;

export type ImageBake = keyof typeof imageBakeSeconds;

export const imageBakes = Object.keys(imageBakeSeconds) as [ImageBake, ...ImageBake[]];

/** The least that one start of a VM is billed for. */
export const billingMinimumSeconds: Quantity = {
  value: 60,
  unit: 's',
  source: 'AWS News Blog, "Per-Second Billing for EC2 Instances and EBS Volumes"',
  date: '2017',
};

/** How often the cloud looks whether a VM is still there. */
export const statusCheckSeconds: Quantity = {
  value: 60,
  unit: 's',
  source: 'Amazon EC2 User Guide, status checks are performed every minute',
  date: '2026',
};

const scaling = { source: 'Amazon EC2 Auto Scaling User Guide', date: '2026' } as const;

/** How the autoscaling of VMs behaves where nothing else is said. */
export const vmScaling: {
  readonly cooldownSeconds: Quantity;
  readonly warmupSeconds: Quantity;
  readonly pointSeconds: Quantity;
  readonly pointsOut: Quantity;
  readonly pointsIn: Quantity;
} = {
  cooldownSeconds: { value: 300, unit: 's', ...scaling },
  /** Without a warm-up of its own a group takes its cooldown. */
  warmupSeconds: { value: 300, unit: 's', ...scaling },
  pointSeconds: { value: 60, unit: 's', ...scaling },
  pointsOut: { value: 3, unit: '1', ...scaling },
  pointsIn: { value: 15, unit: '1', ...scaling },
};
