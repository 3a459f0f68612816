import { resolve } from 'node:path';
import { readable } from '#main/cli/proof/pack-texts.ts';
import { loadPack } from '#main/packs/load.ts';
import type { Locale } from '#shared/locale.ts';
import { sectionsOf } from '#shared/pack/markdown.ts';
import type { Lesson, Pack } from '#shared/pack/schema.ts';

/** The course as it ships, loaded as the app loads it. */
export const courseFolder = resolve(import.meta.dirname, '../../content/microservice-deployment');

const { pack, problems } = loadPack(courseFolder);
if (!pack) throw new Error(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'));
export const course: Pack = pack;

/** Sections that name sources and links: no text to learn from. */
const references = ['sources', 'further-reading'];

/** A lesson as it is read, without its references. */
export function proseOf(lesson: Lesson, locale: Locale): string {
  const text = sectionsOf(lesson.body[locale])
    .filter(({ anchor }) => !references.includes(anchor))
    .map(({ title, tokens }) => `${title}\n${tokens.filter(({ type }) => type !== 'code').map(({ raw }) => raw).join('')}`)
    .join('\n');
  return readable(text, (id) => id.replaceAll('-', ' '), { code: true });
}

export const wordsOf = (text: string): string[] => text.match(/[A-Za-z0-9]+(?:[’'.,-][A-Za-z0-9]+)*/g) ?? [];
export const hanOf = (text: string): string[] => text.match(/\p{Script=Han}/gu) ?? [];
