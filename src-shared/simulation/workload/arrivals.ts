import { z } from 'zod';
import { field } from '../field.ts';

const rateNumber = z.number().min(0.000001).max(100_000);
const perhapsZero = z.number().min(0).max(100_000);
const atSeconds = z.number().min(0).max(10_000_000);
const lengthSeconds = z.number().min(0.001).max(10_000_000);
const rate = field(rateNumber, { en: 'Arrival rate', 'zh-CN': '到达率', unit: '1/s' });

/** When requests come. */
export const arrivalsSchema = z.discriminatedUnion('kind', [
  /** At random at a steady rate: the times between two are exponential. */
  z.strictObject({ kind: z.literal('poisson'), perSecond: rate }),
  /** Like a metronome. */
  z.strictObject({ kind: z.literal('constant'), perSecond: rate }),
  /** At random, at one rate and from a moment on at another. */
  z.strictObject({
    kind: z.literal('step'),
    perSecond: rate,
    thenPerSecond: field(rateNumber, { en: 'Later arrival rate', 'zh-CN': '之后的到达率', unit: '1/s' }),
    atSeconds: field(atSeconds, { en: 'Moment of the step', 'zh-CN': '变化时刻', unit: 's' }),
  }),
  /** At random, with one stretch of a higher or lower rate. */
  z.strictObject({
    kind: z.literal('spike'),
    perSecond: rate,
    peakPerSecond: field(rateNumber, { en: 'Arrival rate in the spike', 'zh-CN': '尖峰到达率', unit: '1/s' }),
    atSeconds: field(atSeconds, { en: 'Start of the spike', 'zh-CN': '尖峰开始', unit: 's' }),
    forSeconds: field(lengthSeconds, { en: 'Length of the spike', 'zh-CN': '尖峰时长', unit: 's' }),
  }),
  /** At random, at a rate that climbs evenly and falls back at once, again and again. */
  z.strictObject({
    kind: z.literal('sawtooth'),
    perSecond: field(perhapsZero, { en: 'Lowest arrival rate', 'zh-CN': '最低到达率', unit: '1/s' }),
    peakPerSecond: field(rateNumber, { en: 'Highest arrival rate', 'zh-CN': '最高到达率', unit: '1/s' }),
    periodSeconds: field(lengthSeconds, { en: 'Length of a tooth', 'zh-CN': '一个周期的时长', unit: 's' }),
  }),
  /** At random, at the rate of a day: a cosine with one peak and one trough, drawn by straight lines from hour to hour. */
  z.strictObject({
    kind: z.literal('day'),
    perSecond: field(perhapsZero, {
      en: 'Arrival rate at the quietest hour',
      'zh-CN': '低谷到达率',
      unit: '1/s',
    }),
    peakPerSecond: field(rateNumber, {
      en: 'Arrival rate at the busiest hour',
      'zh-CN': '高峰到达率',
      unit: '1/s',
    }),
    peakHour: field(z.int().min(0).max(23).default(20), {
      en: 'Busiest hour',
      'zh-CN': '高峰时刻',
      unit: 'h',
      source: 'assumption: consumer services peak in the evening',
    }),
    daySeconds: field(lengthSeconds.default(86_400), {
      en: 'Length of a day',
      'zh-CN': '一天的时长',
      unit: 's',
    }),
  }),
  /** At random, in bursts with quiet stretches between (an interrupted Poisson process). */
  z.strictObject({
    kind: z.literal('bursts'),
    perSecond: field(rateNumber, { en: 'Arrival rate in a burst', 'zh-CN': '突发期到达率', unit: '1/s' }),
    quietPerSecond: field(perhapsZero.default(0), {
      en: 'Arrival rate between bursts',
      'zh-CN': '间歇期到达率',
      unit: '1/s',
    }),
    onSeconds: field(lengthSeconds, { en: 'Mean length of a burst', 'zh-CN': '突发期平均时长', unit: 's' }),
    offSeconds: field(lengthSeconds, {
      en: 'Mean time between bursts',
      'zh-CN': '间歇期平均时长',
      unit: 's',
    }),
    lengths: field(z.enum(['exponential', 'fixed']).default('exponential'), {
      en: 'Lengths of both',
      'zh-CN': '时长的分布',
    }),
  }),
  /** So many at once at set times, as a cron job sends them. */
  z.strictObject({
    kind: z.literal('schedule'),
    everySeconds: field(lengthSeconds, { en: 'Time between two', 'zh-CN': '间隔', unit: 's' }),
    firstAtSeconds: field(atSeconds.default(0), { en: 'First time', 'zh-CN': '首次时刻', unit: 's' }),
    requests: field(z.int().min(1).max(100_000).default(1), {
      en: 'Requests each time',
      'zh-CN': '每次的请求数',
      unit: '1',
    }),
  }),
  /** At random, at rates that were measured: one for each interval. */
  z.strictObject({
    kind: z.literal('trace'),
    perSecond: z.array(perhapsZero).min(1).max(10_000),
    intervalSeconds: field(lengthSeconds, { en: 'Length of an interval', 'zh-CN': '区间时长', unit: 's' }),
    repeat: field(z.boolean().default(false), {
      en: 'Start again after the last interval',
      'zh-CN': '结束后从头重复',
    }),
  }),
]);
export type Arrivals = z.infer<typeof arrivalsSchema>;
