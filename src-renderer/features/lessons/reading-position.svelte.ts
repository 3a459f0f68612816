import type { LessonProgress } from '#shared/contract/contract.ts';
import { api } from '../../api/client.ts';

const saveDelayMs = 600;
/** The article counts as complete when its height has stayed the same for so long: simulations start late on a busy machine. */
const settledMs = 5000;
/** Where a section counts as the one being read: a little below the top edge. */
const readingLine = 120;
const ownInputs = ['wheel', 'keydown', 'pointerdown', 'touchstart'] as const;

interface Place {
  readonly anchor: string;
  /** Share of the section above the reading line, 0-1. */
  readonly offset: number;
}

/** Follows where the learner is in a lesson, keeps it, and brings the learner back. */
export class ReadingPosition {
  readonly lessonId: string;
  anchor = $state('');
  /** Furthest share of the lesson that was on screen, 0-100. */
  percent = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: Place | null = null;
  #unsaved = false;
  #wanted: string | null = null;

  constructor(lessonId: string) {
    this.lessonId = lessonId;
  }

  /** Goes to the wanted section, or back to where the learner was, and follows from the learner's own first move. Returns how to stop. */
  follow(progress: LessonProgress | null, wantedAnchor: string | null): () => void {
    this.percent = Math.max(this.percent, progress?.percentRead ?? 0);
    const start = { anchor: progress?.anchor ?? '', offset: progress?.offset ?? 0 };
    const place =
      wantedAnchor && wantedAnchor !== this.#wanted
        ? { anchor: wantedAnchor, offset: 0 }
        : (this.#last ?? start);
    this.#wanted = wantedAnchor;
    const stopReturning = this.#return(place);
    const onHide = () => document.visibilityState === 'hidden' && this.#save();
    document.addEventListener('visibilitychange', onHide);
    return () => {
      stopReturning();
      document.removeEventListener('visibilitychange', onHide);
      this.#save();
    };
  }

  /**
   * Goes to the place, again whenever something that arrives late moves it, and notes nothing of that:
   * the page's own scrolling is no reading.
   */
  #return(place: Place): () => void {
    const abort = new AbortController();
    const { signal } = abort;
    let own = false;
    let settled: ReturnType<typeof setTimeout> | undefined;
    let left: { readonly top: number; readonly height: number } | null = null;

    const goAgain = () => {
      if (own || signal.aborted) return;
      this.#goTo(place);
      left = { top: window.scrollY, height: document.documentElement.scrollHeight };
      clearTimeout(settled);
      settled = setTimeout(() => grown.disconnect(), settledMs);
    };
    const grown = new ResizeObserver(goAgain);
    const takeOver = () => {
      own = true;
      grown.disconnect();
    };
    const onScroll = () => {
      if (!own) {
        // Assistive technology scrolls without any input; what arrives late scrolls too, but changes the height.
        const moved = left && Math.abs(window.scrollY - left.top) > 1;
        if (!moved || left?.height !== document.documentElement.scrollHeight) return;
        takeOver();
      }
      this.#note();
    };
    for (const input of ownInputs)
      window.addEventListener(input, takeOver, { signal, passive: true, capture: true });
    window.addEventListener('scroll', onScroll, { signal, passive: true });
    // Not before the fonts are in place: the observer reports at once, and then each change of the height.
    void document.fonts.ready.then(() => {
      const article = this.#sections()[0]?.closest('article');
      if (article && !own && !signal.aborted) grown.observe(article);
    });
    return () => {
      abort.abort();
      clearTimeout(settled);
      grown.disconnect();
    };
  }

  #sections(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>('[data-anchor]')];
  }

  #goTo(place: Place): void {
    const section = this.#sections().find((element) => element.dataset['anchor'] === place.anchor);
    if (!section || (place.anchor === '' && place.offset === 0)) {
      window.scrollTo(0, 0);
      this.anchor = '';
      return;
    }
    const top = section.getBoundingClientRect().top + window.scrollY;
    window.scrollTo(0, Math.max(0, top - readingLine + place.offset * section.offsetHeight + 1));
    this.anchor = place.anchor;
  }

  #place(): Place {
    const above = this.#sections().filter((element) => element.getBoundingClientRect().top <= readingLine);
    const section = above.at(-1);
    if (!section) return { anchor: '', offset: 0 };
    const { top, height } = section.getBoundingClientRect();
    return {
      anchor: section.dataset['anchor'] ?? '',
      offset: Math.min(1, Math.max(0, (readingLine - top) / Math.max(1, height))),
    };
  }

  #note(): void {
    const sections = this.#sections();
    const end = sections.at(-1)?.getBoundingClientRect().bottom;
    const start = sections[0]?.getBoundingClientRect().top;
    if (end === undefined || start === undefined) return;
    const seen = (window.innerHeight - start) / Math.max(1, end - start);
    this.percent = Math.max(this.percent, Math.min(100, Math.max(0, seen * 100)));
    this.#last = this.#place();
    this.anchor = this.#last.anchor;
    this.#unsaved = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), saveDelayMs);
  }

  #save(): void {
    clearTimeout(this.#timer);
    if (!this.#last || !this.#unsaved) return;
    this.#unsaved = false;
    // A failed save is told by the next call that the learner waits for; scrolling must not be interrupted by it.
    void api.lessons.saveProgress({ id: this.lessonId, percentRead: this.percent, ...this.#last });
  }
}
