import { tick, untrack } from 'svelte';
import type { Note } from '#shared/contract/contract.ts';
import { onEvent } from '../../api/client.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';
import type { LessonNotes, NoteDraft } from './lesson-notes.svelte.ts';
import { sectionElement, sectionNameOf } from './section-text.ts';

/** What is clicked for its own sake. */
const clickable = 'a, button, [role=button], label, input';

interface Reading {
  /** The lesson on the screen; undefined while there is none. */
  readonly lessonId: string | undefined;
  readonly notes: LessonNotes;
  /** Of the section that is being read. */
  readonly anchor: string;
  /** Whether both languages are on the screen. */
  readonly both: boolean;
}

/** Marking a lesson and writing on it; make it while a component is set up. */
export class NoteTaking {
  /** The note that is open; null while none is. */
  draft = $state.raw<NoteDraft | null>(null);
  readonly #reading: Reading;

  /** @param reading what is read, by getters that follow it */
  constructor(reading: Reading) {
    this.#reading = reading;
    // Notes are loaded with the lesson, and again when something is taken back, here or in another window.
    $effect(() => {
      const { notes, lessonId } = reading;
      if (!lessonId) return;
      untrack(() => notes.load());
      const stop = onEvent((event) => event === 'study.changed' && notes.load());
      return () => {
        stop();
        notes.leave();
      };
    });
    $effect(() => {
      const { notes, lessonId, both } = reading;
      void [notes.all.value, lessonId, i18n.locale, both];
      void tick().then(() => notes.place());
    });
  }

  open(note: Note): void {
    const range = this.#reading.notes.ranges.get(note.id);
    range?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
    this.draft = note;
  }

  /** On what is selected, or else on the section that is being read. */
  write(): void {
    const { notes, anchor } = this.#reading;
    const draft = notes.draftOfSelection() ?? notes.draftOfSection(anchor);
    // The focus comes back to where it was, which may be far from what is being read.
    const section = sectionElement(sectionNameOf(draft.locale, draft.anchor));
    if (!section?.contains(document.activeElement))
      section?.querySelector('h2')?.focus({ preventScroll: true });
    this.draft = draft;
  }

  /** Marks what is selected, without a word. */
  mark(): void {
    const { notes } = this.#reading;
    const marked = notes.draftOfSelection();
    window.getSelection()?.removeAllRanges();
    if (marked) void notes.save(marked);
  }

  /** A click on a mark opens it; a click that ends a selection, or is for something else, does not. */
  click(event: MouseEvent): void {
    if (!window.getSelection()?.isCollapsed) return;
    if (event.target instanceof Element && event.target.closest(clickable)) return;
    const note = this.#reading.notes.at(event.clientX, event.clientY);
    if (note) this.draft = note;
  }
}
