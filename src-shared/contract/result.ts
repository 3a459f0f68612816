import { errorText, type AppError, type ErrorKind } from './errors.ts';

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function appError(kind: ErrorKind, params: AppError['params'] = {}): AppError {
  return { kind, params, message: errorText({ kind, params }) };
}

export function fail(
  kind: ErrorKind,
  params: AppError['params'] = {},
): { readonly ok: false; readonly error: AppError } {
  return { ok: false, error: appError(kind, params) };
}
