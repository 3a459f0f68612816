import { parseComparison } from '#shared/simulation/compare.ts';
import type { ListedField } from '#shared/simulation/field.ts';
import { withValue, type DraftFile } from './edit-file.ts';
import { platformKindOf, type PlatformKind } from './platform-kinds.ts';
import type { TypedSpan } from './sweep-span.ts';

/** What a sweep is of. */
export interface SweepQuestion {
  readonly file: DraftFile;
  /** What is swept. */
  readonly field: ListedField;
  readonly span: TypedSpan;
}

/** What has become another one; of several, the one that matters most. */
export type SweepChange = 'platform' | 'configuration' | 'sweep';

/** The platform that a file is of; null where it names none that is known. */
export function platformOf({ platform }: DraftFile): PlatformKind | null {
  return platformKindOf((platform as { readonly kind?: string } | undefined)?.kind);
}

/**
 * A file as it counts for a sweep: with its defaults, in one order, and whatever value the swept parameter has, which the
 * sweep replaces.
 */
function contentOf(file: DraftFile, { path }: ListedField, value: number): string {
  const swept = withValue(file, path, value);
  const parsed = parseComparison(swept);
  return JSON.stringify(parsed.ok ? parsed.contenders : swept);
}

/** What has changed since a sweep was asked for, so that it would come out differently now; null where nothing has. */
export function changedSince(
  asked: SweepQuestion,
  file: DraftFile,
  path: string | undefined,
  span: TypedSpan,
): SweepChange | null {
  const { field } = asked;
  if (platformOf(file) !== platformOf(asked.file)) return 'platform';
  if (contentOf(file, field, asked.span.from) !== contentOf(asked.file, field, asked.span.from))
    return 'configuration';
  const names = ['from', 'to', 'count', 'spacing'] as const;
  return path === field.path && names.every((name) => span[name] === asked.span[name]) ? null : 'sweep';
}
