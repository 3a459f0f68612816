import type { LessonProgress } from '#shared/contract/contract.ts';
import { api } from '../../api/client.ts';

const saveDelayMs = 600;
/** Where a section counts as the one being read: a little below the top edge. */
const readingLine = 120;

/** Follows where the learner is in a lesson, keeps it, and brings the learner back. */
export class ReadingPosition {
  readonly lessonId: string;
  anchor = $state('');
  /** Furthest share of the lesson that was on screen, 0-100. */
  percent = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: { anchor: string; offset: number } | null = null;
  #wanted: string | null = null;

  constructor(lessonId: string) {
    this.lessonId = lessonId;
  }

  /** Goes to the wanted section, or back to where the learner was, and follows from there. Returns how to stop. */
  follow(progress: LessonProgress | null, wantedAnchor: string | null): () => void {
    this.percent = Math.max(this.percent, progress?.percentRead ?? 0);
    const start = { anchor: progress?.anchor ?? '', offset: progress?.offset ?? 0 };
    const place =
      wantedAnchor && wantedAnchor !== this.#wanted
        ? { anchor: wantedAnchor, offset: 0 }
        : (this.#last ?? start);
    this.#wanted = wantedAnchor;
    // After the first layout with the fonts in place: before that, the place would be another.
    void document.fonts.ready.then(() => requestAnimationFrame(() => this.#goTo(place)));
    const onScroll = () => this.#note();
    const onHide = () => document.visibilityState === 'hidden' && this.#save();
    window.addEventListener('scroll', onScroll, { passive: true });
    document.addEventListener('visibilitychange', onHide);
    return () => {
      window.removeEventListener('scroll', onScroll);
      document.removeEventListener('visibilitychange', onHide);
      this.#save();
    };
  }

  #sections(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>('[data-anchor]')];
  }

  #goTo(place: { anchor: string; offset: number }): void {
    const section = this.#sections().find((element) => element.dataset['anchor'] === place.anchor);
    if (!section || (place.anchor === '' && place.offset === 0)) {
      window.scrollTo(0, 0);
      return;
    }
    const top = section.getBoundingClientRect().top + window.scrollY;
    window.scrollTo(0, Math.max(0, top - readingLine + place.offset * section.offsetHeight + 1));
  }

  #place(): { anchor: string; offset: number } {
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
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), saveDelayMs);
  }

  #save(): void {
    clearTimeout(this.#timer);
    if (!this.#last) return;
    // A failed save is told by the next call that the learner waits for; scrolling must not be interrupted by it.
    void api.lessons.saveProgress({ id: this.lessonId, percentRead: this.percent, ...this.#last });
  }
}
