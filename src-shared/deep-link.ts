/**
 * Addresses of Slipway that other programs can open: `slipway://lesson/<id>#<anchor>`. On the loopback host the same places
 * are hash addresses of the page.
 */

export const linkScheme = 'slipway';

const id = /^[a-z0-9-]{1,100}$/;

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
  if (!URL.canParse(link)) return null;
  const { protocol, hostname, pathname, hash } = new URL(link);
  if (protocol !== `${linkScheme}:`) return null;
  const name = pathname.replace(/^\/|\/$/g, '');
  const anchor = hash.slice(1);
  if (name === '' && anchor === '' && screens.includes(hostname))
    return hostname === 'today' ? '/' : `/${hostname}`;
  const place = Object.hasOwn(places, hostname) ? places[hostname] : undefined;
  if (!place || !id.test(name) || (anchor !== '' && !id.test(anchor))) return null;
  return place(name, anchor);
}

/** A link to a section of a lesson, or to its start where the anchor is ''. */
export const lessonLink = (lessonId: string, anchor: string): string =>
  `${linkScheme}://lesson/${lessonId}${anchor && `#${anchor}`}`;

/** The first link of ours among the arguments that a program was started with. */
export function linkIn(args: readonly string[]): string | null {
  return args.find((argument) => argument.startsWith(`${linkScheme}://`)) ?? null;
}
