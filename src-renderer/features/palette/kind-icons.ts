import {
  BookA,
  BookOpen,
  CalendarClock,
  CircleQuestionMark,
  FileText,
  FlaskConical,
  NotebookPen,
  Settings,
  SquareChevronRight,
} from '@lucide/svelte';
import type { SearchKind } from '#shared/search/document.ts';

/** A kind is told by its word too. */
export const kindIcons: Readonly<Record<SearchKind, typeof BookA>> = {
  lesson: BookOpen,
  section: FileText,
  term: BookA,
  scenario: FlaskConical,
  question: CircleQuestionMark,
  note: NotebookPen,
  interview: CalendarClock,
  setting: Settings,
  command: SquareChevronRight,
};
