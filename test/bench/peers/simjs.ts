import { createRequire } from 'node:module';

/** The part of simjs 2.0.3 that M/M/c needs. */
interface SimJs {
  readonly Sim: new () => {
    addEntity(entity: new (...args: never[]) => object): object;
    simulate(untilTime: number, maxEvents: number): boolean;
  };
  readonly Entity: new (...args: never[]) => {
    setTimer(delay: number): { done(then: () => void): void };
    useFacility(facility: object, duration: number): { done(then: () => void): void };
    time(): number;
  };
  readonly Facility: (new (name: string, discipline: number, servers: number) => object) & {
    readonly FCFS: number;
  };
  readonly Random: new (seed: number) => { exponential(rate: number): number };
}

/** simjs is built for pages: it leaves what it has in `window`. */
function load(): SimJs {
  const page = globalThis as unknown as { window?: unknown; Sim?: SimJs };
  page.window = globalThis;
  createRequire(import.meta.url)('simjs');
  delete page.window;
  if (page.Sim === undefined) throw new Error('simjs has left nothing in window');
  return page.Sim;
}

/** Runs so many customers of M/M/c, mean service 1, and returns the mean time in the system. */
export function simjsStation(): (servers: number, rate: number, customers: number, seed: number) => number {
  const { Sim, Entity, Facility, Random } = load();
  return (servers, rate, customers, seed) => {
    const random = new Random(seed);
    const station = new Facility('station', Facility.FCFS, servers);
    let left = customers;
    let served = 0;
    let sum = 0;
    class Source extends Entity {
      start(): void {
        this.setTimer(random.exponential(rate)).done(() => {
          this.arrive();
        });
      }
      arrive(): void {
        const arrivedAt = this.time();
        this.useFacility(station, random.exponential(1)).done(() => {
          served++;
          sum += this.time() - arrivedAt;
        });
        if (--left > 0) this.start();
      }
    }
    const sim = new Sim();
    sim.addEntity(Source);
    sim.simulate(Infinity, Infinity);
    if (served !== customers) throw new Error(`simjs has served ${served} of ${customers}`);
    return sum / served;
  };
}
