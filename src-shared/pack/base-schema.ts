import { z } from 'zod';
import { languages } from '../languages/languages.ts';
import { locales, type Localized } from '../locale.ts';

const textSchema = z.string().trim().min(1);
const others = languages.map(({ tag }) => tag).filter((tag) => !locales.some((locale) => locale === tag));

/** A text in every language of the course, and in as many others of the interface as a pack likes. */
export const localizedSchema: z.ZodType<Localized> = z.strictObject({
  en: textSchema,
  'zh-CN': textSchema,
  ...Object.fromEntries(others.map((tag) => [tag, textSchema.optional()])),
});

export const idSchema = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'expected lower-case words joined by hyphens, such as "noisy-neighbour"',
  );

/** Refuses a list in which an id occurs twice: answers and progress point at ids. */
function onceEach<T>(idOf: (item: T) => string) {
  return (items: readonly T[], context: z.RefinementCtx): void => {
    const ids = items.map(idOf);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined)
      context.addIssue({ code: 'custom', message: `expected each id once, found "${twice}" twice` });
  };
}
export const byId = onceEach(({ id }: { readonly id: string }) => id);
export const byItself = onceEach((id: string) => id);

export const factIdSchema = z.string().regex(/^[A-Z]\d{1,2}$/, 'expected the id of a fact, such as "H7"');
