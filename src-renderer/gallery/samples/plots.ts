import { formatCount, formatPercent } from '../../i18n/format.svelte.ts';
import { text } from '../../i18n/i18n.svelte.ts';
import { counts, partNames, rowNames, shares, type RowSet } from './charts.ts';
import { longSentence } from './long-text.ts';

/** The samples in the words of the learner, as each plot wants them. */
const namesOf = (set: RowSet): string[] => rowNames[set].map(text);

const forms = ['strong', 'pale', 'warm', 'warm-pale'] as const;

export const partsOf = (set: RowSet) =>
  (set === 'long' ? partNames.long : partNames.some).map((name, at) => ({
    label: text(name),
    form: forms[at] ?? 'strong',
  }));

export const barRows = (set: RowSet) =>
  namesOf(set).map((name, at) => ({
    name,
    note: set === 'long' ? text(longSentence) : formatCount(55),
    parts: (counts[at] ?? []).map((value) => ({ value, label: formatCount(value) })),
  }));

export const dotRows = (set: RowSet) =>
  namesOf(set).map((name, at) => {
    const value = shares[at] ?? 0;
    const before = value - 0.2;
    const note = set === 'long' ? text(longSentence) : formatPercent(value);
    return { name, note, value, before, low: value - 0.05, high: Math.min(1, value + 0.05) };
  });

export const columnsOf = (set: RowSet) =>
  namesOf(set).map((name, at) => ({ name, title: name, parts: counts[at] ?? [] }));

/** More columns than there is room for their names. */
export const manyColumns = Array.from({ length: 60 }, (_, at) => {
  const name = formatCount(at + 1);
  return { name, title: name, parts: [(at * 37) % 23] };
});

export const pointsOf = (set: RowSet) =>
  namesOf(set).map((name, at) => {
    const share = shares[at] ?? 0;
    const [low, high] = [share - 0.1, Math.min(1, share + 0.05)];
    return { said: [0.95, 0.75, 0.4][at] ?? 0, share, low, high, n: 10 ** (at + 1), name, title: name };
  });
