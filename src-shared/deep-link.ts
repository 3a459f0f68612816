/**
 * Addresses of Slipway that other programs can open: `slipway://lesson/<id>#<anchor>`. On the loopback host the same places
 * are hash addresses of the page.
 */

export const linkScheme = 'slipway';

const name = '[a-z0-9-]{1,100}';
/** Scheme and place as browsers and systems hand them over, in capitals or not, with or without a last slash. */
const linkForm = new RegExp(`^${linkScheme}://(${name})(?:/(${name})?/?)?(?:#(${name})?)?$`, 'i');

/** What a link may name, and where its screen is. */
const places: Readonly<Record<string, (name: string, anchor: string) => string>> = {
  lesson: (name, anchor) => `/lessons/${name}${anchor && `/${anchor}`}`,
  challenge: (name) => `/lab/${name}`,
  card: (name) => `/cards/${name}`,
  term: (name) => `/glossary/${name}`,
};
const screens = [
  'today',
  'lessons',
  'review',
  'lab',
  'cards',
  'progress',
  'interviews',
  'glossary',
  'settings',
];

/** The route of the interface that a link means; null for anything that is no link of ours, or is malformed. */
export function routeOfLink(link: string): string | null {
  const match = linkForm.exec(link);
  if (!match) return null;
  const [what = '', of = '', anchor = ''] = match.slice(1).map((part) => part?.toLowerCase());
  if (of === '')
    return anchor === '' && screens.includes(what) ? (what === 'today' ? '/' : `/${what}`) : null;
  const place = Object.hasOwn(places, what) ? places[what] : undefined;
  return place ? place(of, anchor) : null;
}

/** A link to a section of a lesson, or to its start where the anchor is ''. */
export const lessonLink = (lessonId: string, anchor: string): string =>
  `${linkScheme}://lesson/${lessonId}${anchor && `#${anchor}`}`;

/** The first link of ours among the arguments that a program was started with. */
export function linkIn(args: readonly string[]): string | null {
  return args.find((argument) => argument.startsWith(`${linkScheme}://`)) ?? null;
}
