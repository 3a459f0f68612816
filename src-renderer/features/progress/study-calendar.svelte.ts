import type { ProgressCalendar } from '#shared/contract/contract.ts';
import type { AppError } from '#shared/contract/errors.ts';
import { api } from '../../api/client.ts';
import { formatCount, formatPercent, formatStudyDay, formatTime } from '../../i18n/format.svelte.ts';
import { t } from '../../i18n/i18n.svelte.ts';
import { settings } from '../../state/settings.svelte.ts';
import { daysAhead, levelEdges, mondayOf } from './calendar-weeks.ts';

/** Which day of the calendar is looked at, and what can be done with it. */
export class StudyCalendarState {
  readonly #source: () => ProgressCalendar;
  #chosen = $state<number | null>(null);
  /** How many weeks the last week shown lies before the last there is. */
  #weeksBack = $state(0);
  error = $state<AppError | null>(null);
  /** What was done last, for a screen reader. */
  done = $state('');

  readonly data = $derived.by(() => this.#source());
  readonly #byDay = $derived(new Map(this.data.days.map((day) => [day.studyDay, day])));
  readonly #rests = $derived(new Set(this.data.restDays));
  readonly edges = $derived(levelEdges(this.data.days.map(({ answers }) => answers)));
  /** A year back, or to the first answer. */
  readonly firstDay = $derived(Math.min(this.today - 364, this.data.days[0]?.studyDay ?? this.today));
  readonly lastDay = $derived(mondayOf(this.today + daysAhead) + 6);

  constructor(source: () => ProgressCalendar) {
    this.#source = source;
  }

  get today(): number {
    return this.data.today;
  }

  get selected(): number {
    return this.#chosen ?? this.today;
  }

  select(studyDay: number): void {
    this.#chosen = Math.min(this.lastDay, Math.max(mondayOf(this.firstDay), studyDay));
  }

  /** The Monday of the last week shown, such that the selected day is among `weeks` of them. */
  lastWeekShown(weeks: number): number {
    const wanted = mondayOf(this.lastDay) - 7 * this.#weeksBack;
    const own = mondayOf(this.selected);
    return Math.min(own + 7 * (weeks - 1), Math.max(own, wanted));
  }

  answersOn(studyDay: number): number {
    return this.#byDay.get(studyDay)?.answers ?? 0;
  }

  rests(studyDay: number): boolean {
    return this.#rests.has(studyDay);
  }

  /** Whether the settings make every such weekday one of rest, whatever is planned. */
  restsByWeekday(studyDay: number): boolean {
    const sundayFirst = (((studyDay + 4) % 7) + 7) % 7;
    return settings.value?.weekdays[sundayFirst] === 'rest';
  }

  canPlan(studyDay: number): boolean {
    return studyDay >= this.today && !this.restsByWeekday(studyDay);
  }

  /** What came of a day, in words. */
  whatOf(studyDay: number): string {
    const day = this.#byDay.get(studyDay);
    if (day) {
      return t('progress.calendar.answers', {
        count: day.answers,
        number: formatCount(day.answers),
        right: formatPercent(day.correct / day.answers),
        time: formatTime(day.spentMs),
      });
    }
    if (studyDay > this.today) return t('progress.calendar.toCome');
    return studyDay === this.today ? t('progress.calendar.noneYet') : t('progress.calendar.none');
  }

  labelOf(studyDay: number): string {
    const params = { day: formatStudyDay(studyDay, 'long'), what: this.whatOf(studyDay) };
    return this.rests(studyDay)
      ? t('progress.calendar.restLabel', params)
      : t('progress.calendar.label', params);
  }

  /** Plans the selected day as one of rest, or takes that back. */
  async toggleRest(): Promise<void> {
    const studyDay = this.selected;
    if (!this.canPlan(studyDay)) return;
    const rests = !this.rests(studyDay);
    const result = await api.review.rest({ studyDay, rests });
    this.error = result.ok ? null : result.error;
    if (!result.ok) return;
    const day = formatStudyDay(studyDay, 'long');
    this.done = rests ? t('progress.calendar.planned', { day }) : t('progress.calendar.takenBack', { day });
  }
}
