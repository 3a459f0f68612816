import english from '../languages/en/errors.json' with { type: 'json' };

/**
 * Every error that a user can meet, as the English texts name them. Handlers return these; only bugs throw.
 * `{name}` in a text stands for a parameter of the error.
 */
export type ErrorKind = keyof typeof english;

/** What errors say in a language: `languages/<language>/errors.json`. */
export type ErrorTexts = Readonly<Record<ErrorKind, string>>;

export const englishErrors: ErrorTexts = english;

export interface AppError {
  readonly kind: ErrorKind;
  /** In English, for logs and other clients; a screen shows {@link errorText} in the learner's language. */
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What an error says, by the texts of a language. */
export function errorText(
  error: Pick<AppError, 'kind' | 'params'>,
  texts: ErrorTexts = englishErrors,
): string {
  return texts[error.kind].replace(/\{(\w+)\}/g, (_, name: string) => String(error.params[name] ?? ''));
}
