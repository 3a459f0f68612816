import { z } from 'zod';
import { sourceOf } from '../../catalogue/quantity.ts';
import { vmScaling } from '../../catalogue/vm-times.ts';
import { field } from '../../field.ts';

/** The most VMs that one fleet may be scaled to. */
export const maxFleet = 200;

const { cooldownSeconds, warmupSeconds, pointSeconds, pointsOut, pointsIn } = vmScaling;
const points = z.int().min(1).max(100);
const share = z.number().min(0).max(1);

/**
 * How the size of a fleet is decided. Fields of the policies that are not chosen are kept and not used, so that a policy can
 * be tried against another by changing one word.
 */
export const scalingSchema = z
  .strictObject({
    policy: field(z.enum(['fixed', 'simple', 'target-tracking', 'scheduled']).default('fixed'), {
      en: 'Policy',
      'zh-CN': '伸缩策略',
    }),
    min: field(z.int().min(0).max(maxFleet).default(1), {
      en: 'At least so many VMs',
      'zh-CN': '最少虚拟机数',
      unit: '1',
    }),
    max: field(z.int().min(1).max(maxFleet).default(10), {
      en: 'At most so many VMs',
      'zh-CN': '最多虚拟机数',
      unit: '1',
    }),
    pointSeconds: field(z.number().min(1).max(86_400).default(pointSeconds.value), {
      en: 'One point of the metric for each',
      'zh-CN': '指标采样间隔',
      unit: 's',
      source: sourceOf(pointSeconds),
    }),

    targetUtilisation: field(z.number().min(0.01).max(1).default(0.5), {
      en: 'Target tracking: utilisation to hold',
      'zh-CN': '目标跟踪：目标利用率',
      unit: '1',
      source: 'Amazon EC2 Auto Scaling User Guide, target tracking: its example of 50 %',
    }),
    targetRequestsPerSecond: field(z.number().min(0.001).max(100_000).optional(), {
      en: 'Target tracking: requests per VM to hold instead',
      'zh-CN': '目标跟踪：改用每台虚拟机的请求率',
      unit: '1/s',
    }),
    pointsOut: field(points.default(pointsOut.value), {
      en: 'Target tracking: points in a row above the target before VMs are added',
      'zh-CN': '目标跟踪：连续几个点超过目标才扩容',
      unit: '1',
      source: sourceOf(pointsOut),
    }),
    pointsIn: field(points.default(pointsIn.value), {
      en: 'Target tracking: points in a row below it before VMs are taken away',
      'zh-CN': '目标跟踪：连续几个点低于目标才缩容',
      unit: '1',
      source: sourceOf(pointsIn),
    }),
    scaleInShare: field(share.default(0.9), {
      en: 'Target tracking: below means below so much of the target',
      'zh-CN': '目标跟踪：低于目标的多少倍才算过低',
      unit: '1',
      source: 'assumption: as the alarms that EC2 Auto Scaling makes, 45 % for a target of 50 %',
    }),
    warmupSeconds: field(z.number().min(0).max(86_400).default(warmupSeconds.value), {
      en: 'Target tracking: warm-up of a VM once it answers',
      'zh-CN': '目标跟踪：虚拟机预热时间',
      unit: 's',
      source: sourceOf(warmupSeconds),
    }),

    scaleOutAbove: field(share.default(0.7), {
      en: 'Simple: add VMs above this utilisation',
      'zh-CN': '简单策略：利用率高于此值扩容',
      unit: '1',
      source: 'assumption',
    }),
    scaleInBelow: field(share.default(0.3), {
      en: 'Simple: take VMs away below this utilisation',
      'zh-CN': '简单策略：利用率低于此值缩容',
      unit: '1',
      source: 'assumption',
    }),
    points: field(points.default(2), {
      en: 'Simple: points in a row beyond a threshold before anything is done',
      'zh-CN': '简单策略：连续几个点越过阈值才动作',
      unit: '1',
      source: 'Amazon EC2 Auto Scaling User Guide, simple scaling: its example of 2 periods',
    }),
    scaleOutBy: field(z.int().min(1).max(maxFleet).default(1), {
      en: 'Simple: VMs to add at a time',
      'zh-CN': '简单策略：每次增加的虚拟机数',
      unit: '1',
      source: 'assumption',
    }),
    scaleInBy: field(z.int().min(1).max(maxFleet).default(1), {
      en: 'Simple: VMs to take away at a time',
      'zh-CN': '简单策略：每次减少的虚拟机数',
      unit: '1',
      source: 'assumption',
    }),
    cooldownSeconds: field(z.number().min(0).max(86_400).default(cooldownSeconds.value), {
      en: 'Simple: cooldown after a change',
      'zh-CN': '简单策略：冷却时间',
      unit: 's',
      source: sourceOf(cooldownSeconds),
    }),

    schedule: z
      .array(
        z.strictObject({
          atSeconds: field(z.number().min(0).max(10_000_000), { en: 'From', 'zh-CN': '起始时刻', unit: 's' }),
          instances: field(z.int().min(0).max(maxFleet), { en: 'VMs', 'zh-CN': '虚拟机数', unit: '1' }),
        }),
      )
      .max(100)
      .default([]),
    repeatSeconds: field(z.number().min(60).max(10_000_000).optional(), {
      en: 'Scheduled: the plan starts anew every',
      'zh-CN': '定时策略：计划的重复周期',
      unit: 's',
    }),
  })
  .superRefine((scaling, context) => {
    const complain = (path: (string | number)[], message: string): void => {
      context.addIssue({ code: 'custom', path, message });
    };
    if (scaling.min > scaling.max) complain(['max'], 'expected at least "min"');
    if (scaling.policy === 'simple' && scaling.scaleInBelow >= scaling.scaleOutAbove) {
      complain(['scaleInBelow'], 'expected less than "scaleOutAbove"');
    }
    if (scaling.policy === 'scheduled' && scaling.schedule.length === 0) {
      complain(['schedule'], 'expected at least one entry');
    }
    scaling.schedule.forEach(({ atSeconds, instances }, i) => {
      if (i > 0 && atSeconds <= (scaling.schedule[i - 1]?.atSeconds ?? -1)) {
        complain(['schedule', i, 'atSeconds'], 'expected later than the entry before');
      }
      if (scaling.repeatSeconds !== undefined && atSeconds >= scaling.repeatSeconds) {
        complain(['schedule', i, 'atSeconds'], 'expected less than "repeatSeconds"');
      }
      if (scaling.policy === 'scheduled' && (instances < scaling.min || instances > scaling.max)) {
        complain(['schedule', i, 'instances'], 'expected within "min" and "max"');
      }
    });
  });
export type Scaling = z.infer<typeof scalingSchema>;
