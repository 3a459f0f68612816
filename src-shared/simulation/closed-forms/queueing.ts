import { log } from '../engine/portable-math.ts';
import { erlangB } from '../platforms/queue/erlang-b.ts';
import { erlangC, meanWait } from '../platforms/queue/erlang-c.ts';
import { closedForm, expectStable, wholeUp } from './closed-form.ts';

const perSecond = 'requests per second, above 0';
const meanMs = 'mean service time in ms, above 0';

const load = (of: { readonly perSecond: number; readonly meanMs: number }) =>
  (of.perSecond * of.meanMs) / 1000;

/** Queueing theory: what the platform `queue` is checked against. */
export const queueingForms = {
  station: closedForm({
    about: 'M/M/c: Erlang C, Wq = C E[S] / (c - a); Kleinrock, Queueing Systems I (1975)',
    inputs: { servers: 'c, a whole number of at least 1', perSecond, meanMs },
    outputs: {
      offeredLoad: 'a = lambda E[S] in erlangs',
      utilisation: 'a / c, a share',
      waitProbability: 'share of requests that must wait',
      meanWaitMs: 'mean wait of all requests in ms',
      meanLatencyMs: 'mean wait and service in ms',
    },
    compute: (of) => {
      const a = load(of);
      expectStable(a, of.servers);
      const wait = meanWait(of.servers, a, of.meanMs);
      return {
        offeredLoad: a,
        utilisation: a / of.servers,
        waitProbability: erlangC(of.servers, a),
        meanWaitMs: wait,
        meanLatencyMs: wait + of.meanMs,
      };
    },
  }),
  'single-server': closedForm({
    about: 'M/M/1: W = E[S] / (1 - rho), the quantile q of W is -ln(1 - q) W',
    inputs: { perSecond, meanMs },
    outputs: {
      utilisation: 'rho, a share',
      meanLatencyMs: 'W in ms',
      meanWaitMs: 'W - E[S] in ms',
      p95LatencyMs: '95th percentile in ms',
      p99LatencyMs: '99th percentile in ms',
    },
    compute: (of) => {
      const rho = load(of);
      expectStable(rho, 1);
      const mean = of.meanMs / (1 - rho);
      return {
        utilisation: rho,
        meanLatencyMs: mean,
        meanWaitMs: mean - of.meanMs,
        p95LatencyMs: -log(0.05) * mean,
        p99LatencyMs: -log(0.01) * mean,
      };
    },
  }),
  'general-server': closedForm({
    about: 'M/G/1, Pollaczek-Khinchine: Wq = rho (1 + cv^2) / (2 (1 - rho)) E[S]',
    inputs: { perSecond, meanMs, cv: 'standard deviation over mean of the service time, at least 0' },
    outputs: {
      utilisation: 'rho, a share',
      meanWaitMs: 'mean wait in ms',
      meanLatencyMs: 'mean wait and service in ms',
    },
    compute: (of) => {
      const rho = load(of);
      expectStable(rho, 1);
      const wait = ((rho * (1 + of.cv * of.cv)) / (2 * (1 - rho))) * of.meanMs;
      return { utilisation: rho, meanWaitMs: wait, meanLatencyMs: wait + of.meanMs };
    },
  }),
  'processor-sharing': closedForm({
    about: 'M/G/1-PS: a job of x takes x / (1 - rho) in the mean; Kleinrock, Queueing Systems II (1976)',
    inputs: { jobMs: 'work of the job in ms', utilisation: 'rho, a share from 0 to below 1' },
    outputs: { latencyMs: 'in ms' },
    compute: ({ jobMs, utilisation }) => {
      expectStable(utilisation, 1);
      return { latencyMs: jobMs / (1 - utilisation) };
    },
  }),
  loss: closedForm({
    about: 'M/G/c/c: Erlang B, whatever the law of the service time',
    inputs: { places: 'c, a whole number of at least 0', perSecond, meanMs },
    outputs: {
      offeredLoad: 'a in erlangs',
      lossProbability: 'share of requests that find no place',
      lostPerSecond: 'requests per second',
    },
    compute: (of) => {
      const a = load(of);
      const lost = erlangB(of.places, a);
      return { offeredLoad: a, lossProbability: lost, lostPerSecond: lost * of.perSecond };
    },
  }),
  little: closedForm({
    about: "Little's law: L = lambda W",
    inputs: { perSecond, meanMs: 'mean time in the system in ms' },
    outputs: { inSystem: 'mean number under way', inSystemCeil: 'the next whole number' },
    compute: (of) => ({ inSystem: load(of), inSystemCeil: wholeUp(load(of)) }),
  }),
  pooling: closedForm({
    about: 'c separate M/M/1 against one M/M/c of the same servers and load',
    inputs: {
      stations: 'c, a whole number of at least 1',
      utilisation: 'of each server, a share above 0 and below 1',
      meanMs,
    },
    outputs: {
      separateWaitMs: 'mean wait with a queue for each, in ms',
      pooledWaitMs: 'mean wait with one queue for all, in ms',
      ratio: 'the first over the second',
    },
    compute: (of) => {
      expectStable(of.utilisation, 1);
      const separate = (of.utilisation / (1 - of.utilisation)) * of.meanMs;
      const pooled = meanWait(of.stations, of.utilisation * of.stations, of.meanMs);
      return { separateWaitMs: separate, pooledWaitMs: pooled, ratio: separate / pooled };
    },
  }),
};
