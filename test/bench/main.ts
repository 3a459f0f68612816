import { parseArgs } from 'node:util';
import { benchApp } from './app.ts';
import { benchInterface } from './interface.ts';
import { benchSearch } from './search.ts';
import { benchSimulation } from './simulation.ts';
import { benchStudy } from './study.ts';

/** `npm run bench -- [name...] [--json]`: measures, each name on its own, and prints dotted names with numbers. */

const benches: Readonly<Record<string, () => Promise<Record<string, number>>>> = {
  app: async () => ({ ...(await benchApp()), ...(await benchInterface()) }),
  study: benchStudy,
  search: benchSearch,
  simulation: benchSimulation,
};
const names = Object.keys(benches);

const usage = `Usage: npm run --silent bench -- [NAME...] [--json]

Names: ${names.join(', ')}; none means all.

  --json   print one flat JSON object of dotted names to numbers
  --help   print this
`;

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

function table(metrics: Readonly<Record<string, number>>): string {
  const width = Math.max(...Object.keys(metrics).map((name) => name.length));
  return Object.entries(metrics)
    .map(
      ([name, value]) =>
        `${name.padEnd(width)}  ${value.toLocaleString('en', { maximumSignificantDigits: 8 }).padStart(12)}\n`,
    )
    .join('');
}

const { values, positionals } = readArguments();
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
if (values.help) {
  process.stdout.write(usage);
} else if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark called ${unknown.join(', ')}; there are ${names.join(', ')}.\n`,
  );
  process.exitCode = 2;
} else {
  const metrics: Record<string, number> = {};
  for (const name of names.filter((one) => positionals.length === 0 || positionals.includes(one))) {
    if (!values.json) process.stderr.write(`measuring ${name} …\n`);
    Object.assign(metrics, await benches[name]?.());
  }
  process.stdout.write(values.json ? `${JSON.stringify(metrics)}\n` : table(metrics));
}
