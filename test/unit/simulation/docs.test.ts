import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
  createSimulation,
  parseComparison,
  platformKinds,
  simulationFileJsonSchema,
} from '#shared/simulation/simulate.ts';

const docs = join(import.meta.dirname, '../../../docs');
const page = readFileSync(join(docs, 'simulation.md'), 'utf8');
const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);

describe('docs/simulation.md', () => {
  it('has an example of every platform', () => {
    const kinds = examples.flatMap((text) => {
      const { platform } = parseYaml(text) as { platform?: { kind: string } };
      return platform === undefined ? [] : [platform.kind];
    });
    expect([...new Set(kinds)].sort()).toEqual([...platformKinds].sort());
  });

  it.each(examples.map((text, i) => [i + 1, text]))('has an example %i that runs', (_, text) => {
    const parsed = parseComparison(parseYaml(text as string));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    for (const { file } of parsed.contenders) {
      const simulation = createSimulation(file, file.run.seeds[0] ?? 1);
      simulation.advance({ maxEvents: 20_000 });
      expect(simulation.snapshot().counters.served).toBeGreaterThan(0);
    }
  });

  it('stands beside the schema as `npm run simulate -- --schema` prints it', () => {
    const stored = JSON.parse(readFileSync(join(docs, 'simulation.schema.json'), 'utf8')) as unknown;
    expect(
      stored,
      'npm run --silent simulate -- --schema > docs/simulation.schema.json writes it anew',
    ).toEqual(JSON.parse(JSON.stringify(simulationFileJsonSchema())));
  });
});
