import type { Output } from '#shared/contract/contract.ts';
import { hasMessage, i18n, t, text, type MessageKey } from '../../i18n/i18n.svelte.ts';
import { glossary } from '../../state/glossary.svelte.ts';

export interface Topic {
  readonly tag: string;
  readonly name: string;
  readonly count: number;
}

export interface TopicGroup {
  readonly title: MessageKey;
  readonly topics: readonly Topic[];
}

/** A topic with fewer questions than this is no practice. */
const fewest = 3;

/** A tag in the learner's language: a word of the interface, or a term of the glossary. */
function nameOf(tag: string): string | null {
  for (const key of [`pattern.${tag}`, `kind.${tag}`, `today.topic.${tag}`])
    if (hasMessage(key)) return t(key);
  const entry = glossary.entry(tag);
  return entry ? text(entry.term) : null;
}

/** What can be practised by its tag, in groups: patterns, kinds of questions, and topics by name. */
export function topicGroups(tags: Output<'review.tags'>): readonly TopicGroup[] {
  const named = tags.flatMap(({ tag, count }): Topic[] => {
    // A pack of another author may have tags that nothing names: they are in English, as they are written.
    const name = nameOf(tag) ?? (i18n.language === 'en' ? tag.replaceAll('-', ' ') : tag);
    return [{ tag, name: name.charAt(0).toLocaleUpperCase() + name.slice(1), count }];
  });
  const isPattern = ({ tag }: Topic) => hasMessage(`pattern.${tag}`);
  const isKind = ({ tag }: Topic) => hasMessage(`kind.${tag}`);
  const order = new Intl.Collator(i18n.language);
  const groups: TopicGroup[] = [
    { title: 'today.byPattern', topics: named.filter(isPattern) },
    { title: 'today.byKind', topics: named.filter(isKind) },
    {
      title: 'today.byTopic',
      topics: named
        .filter((topic) => topic.count >= fewest && !isPattern(topic) && !isKind(topic))
        .sort((a, b) => order.compare(a.name, b.name)),
    },
  ];
  return groups.filter(({ topics }) => topics.length > 0);
}
