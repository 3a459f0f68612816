import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { build, type Rolldown } from 'vite';
import { createSimulation, parseSimulationFile, platformKinds } from '#shared/simulation/simulate.ts';

/** A learner's run and that of a test or of the command line must be the same run, bit for bit. */

const shared = join(import.meta.dirname, '../../../src-shared');

interface UnderTest {
  resultOf(value: unknown, seed: number): string;
}

/** The simulator as one script for a page. */
async function simulatorScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(shared, 'simulation/simulate.ts'), formats: ['es'], fileName: 'simulate' },
    },
  });
  const [output] = built as Rolldown.RolldownOutput[];
  const chunk = output?.output[0];
  if (chunk === undefined) throw new Error('nothing was built');
  return `${chunk.code}
    window.underTest = {
      resultOf(value, seed) {
        const parsed = parseSimulationFile(value);
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
        const simulation = createSimulation(parsed.file, seed);
        simulation.advance();
        return JSON.stringify(simulation.result());
      },
    };`;
}

const service = (name: string, perSecond: number) => ({
  name,
  arrivals: { kind: 'day', perSecond: perSecond / 2, peakPerSecond: perSecond * 2, daySeconds: 60 },
  cpu: { kind: 'lognormal', meanMs: 18, cv: 1.5 },
  timeoutMs: 400,
  retry: { attempts: 2, backoffMs: 50 },
});

/** Every platform with whatever it can meet: laws that need logarithms, chance, faults, a deployment. */
function fileFor(kind: string): object {
  const onHosts = kind !== 'queue';
  const io = { ioMs: { kind: 'pareto', alpha: 1.5, minMs: 5, maxMs: 500 } };
  return {
    platform: { kind },
    workload: {
      services: [
        { ...service('orders', 30), ...(onHosts && io) },
        { ...service('search', 15), ...(onHosts && io) },
      ],
    },
    faults: onHosts
      ? [
          { kind: 'crash', service: 'orders', instance: 'random', everySeconds: 40 },
          { kind: 'bad-deploy', service: 'search', atSeconds: 30, detectSeconds: 20 },
          { kind: 'retry-storm', service: 'orders', atSeconds: 70, requests: 200 },
        ]
      : [],
    deployments: onHosts ? [{ service: 'orders', atSeconds: 60 }] : [],
    run: { horizonSeconds: 120, warmupSeconds: 5, seeds: [1] },
  };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

test('a run in Chromium is the run in Node, on every platform and seed', async ({ page }) => {
  await page.addScriptTag({ type: 'module', content: await simulatorScript() });
  await page.waitForFunction(() => 'underTest' in window);
  for (const kind of platformKinds) {
    for (const seed of [1, 4_294_967_295]) {
      const value = fileFor(kind);
      const parsed = parseSimulationFile(value);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const simulation = createSimulation(parsed.file, seed);
      simulation.advance();
      expect(simulation.eventCount, kind).toBeGreaterThan(5000);
      const inNode = JSON.stringify(simulation.result());
      const inChromium = await page.evaluate(
        ([file, withSeed]) =>
          (window as unknown as { underTest: UnderTest }).underTest.resultOf(file, withSeed),
        [value, seed] as const,
      );
      expect(hashOf(inChromium), `${kind} on seed ${seed}`).toBe(hashOf(inNode));
    }
  }
});
