import type { Database } from 'better-sqlite3';
import { prepared } from '#main/database/prepared.ts';
import { settingsSchema, type Settings } from '#shared/contract/settings.ts';

/**
 * All settings. A stored value that this version does not know or accept (from another version) counts as not set,
 * and stays in the file.
 */
export function readSettings(database: Database): Settings {
  const rows = prepared<[], { key: string; value: string }>(database, 'SELECT key, value FROM setting').all();
  const known: Record<string, unknown> = {};
  for (const { key, value } of rows) {
    const field = Object.hasOwn(settingsSchema.shape, key)
      ? settingsSchema.shape[key as keyof Settings].safeParse(JSON.parse(value))
      : undefined;
    if (field?.success) known[key] = field.data;
  }
  return settingsSchema.parse(known);
}

export function writeSettings(database: Database, patch: Readonly<Record<string, unknown>>): void {
  const put = prepared(
    database,
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  database.transaction(() => {
    for (const [key, value] of Object.entries(patch)) {
      if (value !== undefined) put.run(key, JSON.stringify(value));
    }
  })();
}
