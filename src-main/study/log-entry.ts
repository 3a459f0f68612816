import type { Response } from '#shared/contract/responses.ts';
import { freshCard, type CardState } from '#shared/study/card.ts';
import type { Confidence, Grade } from '#shared/study/grade.ts';
import type { StudyCalendar } from '#shared/study/study-day.ts';

/** When and under which calendar something was done. */
export interface Moment {
  readonly at: number;
  readonly studyDay: number;
  readonly calendar: StudyCalendar;
}

/** What the log has of one thing that was done to one question. */
export interface LogEntry extends Moment {
  readonly id: number;
  readonly kind: 'answer' | 'practice' | 'change';
  readonly questionId: string;
  readonly lessonId: string | null;
  readonly grade: Grade | null;
  readonly correct: boolean | null;
  readonly confidence: Confidence | null;
  readonly usedHelp: boolean;
  readonly answerMs: number;
  readonly desiredRetention: number | null;
  readonly rule: number | null;
  readonly predicted: number | null;
  readonly response: Response | null;
  readonly change: string | null;
  readonly before: CardState;
  readonly after: CardState | null;
}

/** A row of the table `review`. */
export interface LogRow {
  id: number;
  kind: LogEntry['kind'];
  question_id: string;
  lesson_id: string | null;
  at: number;
  study_day: number;
  time_zone: string;
  day_start_hour: number;
  grade: Grade | null;
  correct: number | null;
  confidence: Confidence | null;
  used_help: number | null;
  answer_ms: number | null;
  desired_retention: number | null;
  rule: number | null;
  predicted: number | null;
  response: string | null;
  change: string | null;
  before: string | null;
  after: string | null;
}

/** A card as the log keeps it; older rows lack what cards did not have then. */
const toCard = (json: string): CardState => ({ ...freshCard, ...(JSON.parse(json) as Partial<CardState>) });

/** A row, its JSON read only when somebody asks: a recount goes through all rows and wants little of each. */
export class StoredEntry implements LogEntry {
  readonly id: number;
  readonly kind: LogEntry['kind'];
  readonly questionId: string;
  readonly lessonId: string | null;
  readonly at: number;
  readonly studyDay: number;
  readonly calendar: StudyCalendar;
  readonly grade: Grade | null;
  readonly correct: boolean | null;
  readonly confidence: Confidence | null;
  readonly usedHelp: boolean;
  readonly answerMs: number;
  readonly desiredRetention: number | null;
  readonly rule: number | null;
  readonly predicted: number | null;
  readonly change: string | null;
  readonly #row: LogRow;

  constructor(row: LogRow) {
    this.#row = row;
    this.id = row.id;
    this.kind = row.kind;
    this.questionId = row.question_id;
    this.lessonId = row.lesson_id;
    this.at = row.at;
    this.studyDay = row.study_day;
    this.calendar = { timeZone: row.time_zone, dayStartHour: row.day_start_hour };
    this.grade = row.grade;
    this.correct = row.correct === null ? null : row.correct === 1;
    this.confidence = row.confidence;
    this.usedHelp = row.used_help === 1;
    this.answerMs = row.answer_ms ?? 0;
    this.desiredRetention = row.desired_retention;
    this.rule = row.rule;
    this.predicted = row.predicted;
    this.change = row.change;
  }

  get response(): Response | null {
    return this.#row.response === null ? null : (JSON.parse(this.#row.response) as Response);
  }
  get before(): CardState {
    return this.#row.before === null ? freshCard : toCard(this.#row.before);
  }
  get after(): CardState | null {
    return this.#row.after === null ? null : toCard(this.#row.after);
  }
}
