import type { Note } from '#shared/contract/contract.ts';
import { longestQuote } from '#shared/contract/notes-methods.ts';
import { findQuote, quoteAt } from '#shared/reading/quote-anchor.ts';
import { api } from '../../api/client.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';
import { Remote } from '../../state/remote.svelte.ts';
import { rangeOf, sectionElement, sectionNameOf, stretchOf, textOf } from './section-text.ts';

/** A note that is being made or changed. */
export type NoteDraft = Omit<Note, 'createdAt' | 'updatedAt'>;

/** A mark of its own name, so that the page's style can show it. */
const highlightName = 'slipway-note';

/** The notes of one lesson: kept, and found in the text that is on the screen. */
export class LessonNotes {
  readonly lessonId: string;
  readonly all = new Remote<readonly Note[]>();
  readonly saving = new Remote<unknown>();
  /** Where each mark stands on the screen now; a note that is not in it has no place in this text. */
  ranges = $state.raw<ReadonlyMap<string, Range>>(new Map());

  constructor(lessonId: string) {
    this.lessonId = lessonId;
  }

  load(): void {
    void this.all.run(() => api.notes.list({ lessonId: this.lessonId }));
  }

  /** Looks for every mark in the text and shows it. Call when the text or the notes have changed. */
  place(): void {
    const ranges = new Map<string, Range>();
    for (const note of this.all.value ?? []) {
      const section = sectionElement(sectionNameOf(note.locale, note.anchor));
      const stretch = section && findQuote(textOf(section), note);
      const range = stretch && rangeOf(section, stretch);
      if (range) ranges.set(note.id, range);
    }
    this.ranges = ranges;
    CSS.highlights.set(highlightName, new Highlight(...ranges.values()));
  }

  /** Takes the marks off the screen. */
  leave(): void {
    CSS.highlights.delete(highlightName);
  }

  /** A note on what is selected; null where nothing of a section is, or too much. */
  draftOfSelection(): NoteDraft | null {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    const from = range.startContainer.parentElement ?? range.startContainer;
    const section = from instanceof Element ? from.closest<HTMLElement>('[data-text]') : null;
    const stretch = section && stretchOf(section, range);
    if (!stretch) return null;
    const quote = quoteAt(textOf(section), stretch);
    if (quote.quote === '' || quote.quote.length > longestQuote) return null;
    const [locale = i18n.locale, anchor = ''] = (section.dataset['text'] ?? '').split('/');
    return { ...this.#empty(anchor), locale: locale as Note['locale'], ...quote };
  }

  /** A note on a section as a whole. */
  draftOfSection(anchor: string): NoteDraft {
    return { ...this.#empty(anchor), locale: i18n.locale };
  }

  /** The marked note under a point of the window, the shortest where several overlap. */
  at(x: number, y: number): Note | null {
    const under = [...this.ranges].filter(([, range]) =>
      [...range.getClientRects()].some(
        (box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
      ),
    );
    const [first] = under.sort(([, one], [, other]) => one.toString().length - other.toString().length);
    return this.all.value?.find(({ id }) => id === first?.[0]) ?? null;
  }

  async save(draft: NoteDraft): Promise<boolean> {
    const { id, lessonId, locale, anchor, quote, prefix, suffix, body } = draft;
    const note = { id, lessonId, locale, anchor, quote, prefix, suffix, body: body.trim() };
    const saved = await this.saving.run(() => api.notes.save(note));
    if (saved) this.load();
    return saved;
  }

  async remove(id: string): Promise<boolean> {
    const removed = await this.saving.run(() => api.notes.remove({ id }));
    if (removed) this.load();
    return removed;
  }

  #empty(anchor: string): Omit<NoteDraft, 'locale'> {
    return {
      id: crypto.randomUUID(),
      lessonId: this.lessonId,
      anchor,
      quote: '',
      prefix: '',
      suffix: '',
      body: '',
    };
  }
}
