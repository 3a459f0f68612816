import { closedForms } from '#shared/simulation/closed-forms/registry.ts';

const listed = (of: Readonly<Record<string, string>>): string =>
  Object.entries(of)
    .map(([name, about]) => `\`${name}\` ${about}`)
    .join('; ');

/** A Markdown table of all closed forms with their inputs and outputs, as docs/content-packs.md has it. */
export function formsTable(): string {
  const rows = [...closedForms].map(
    ([name, { about, inputs, outputs }]) =>
      `| \`${name}\` | ${about} | ${listed(inputs)} | ${listed(outputs)} |`,
  );
  return ['| form | what it is | inputs | outputs |', '|---|---|---|---|', ...rows].join('\n');
}
