import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lessonLink, linkIn, routeOfLink } from '#shared/deep-link.ts';

it.each([
  ['slipway://lesson/cluster-scheduling', '/lessons/cluster-scheduling'],
  ['slipway://lesson/cluster-scheduling/', '/lessons/cluster-scheduling'],
  ['slipway://lesson/cluster-scheduling#bin-packing', '/lessons/cluster-scheduling/bin-packing'],
  ['slipway://challenge/hot-module', '/lab/hot-module'],
  ['slipway://card/q-1', '/cards/q-1'],
  ['slipway://term/container', '/glossary/container'],
  ['slipway://review', '/review'],
  ['slipway://today/', '/'],
  ['SLIPWAY://lesson/a', '/lessons/a'],
])('%s leads to %s', (link, route) => {
  expect(routeOfLink(link)).toBe(route);
});

it.each([
  'https://lesson/a',
  'slipway:lesson/a',
  'slipway://lesson',
  'slipway://lesson/a/b',
  'slipway://lesson/..%2f..%2fetc',
  'slipway://lesson/a#<script>',
  'slipway://constructor/a',
  'slipway://settings/x',
  'slipway://',
  'javascript:alert(1)',
  '',
])('%j leads nowhere', (link) => {
  expect(routeOfLink(link)).toBeNull();
});

it('a link that is made is a link that is understood, and no text is taken for more than it is', () => {
  const name = fc.stringMatching(/^[a-z0-9-]{1,40}$/);
  fc.assert(
    fc.property(name, fc.option(name, { nil: '' }), (id, anchor) => {
      expect(routeOfLink(lessonLink(id, anchor))).toBe(`/lessons/${id}${anchor && `/${anchor}`}`);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(routeOfLink(`slipway://${text}`) ?? '/').toMatch(/^\/[a-z0-9/-]*$/);
    }),
  );
});

it('is found among the arguments of a start', () => {
  expect(linkIn(['/opt/slipway', '--data-dir', '/x', 'slipway://review'])).toBe('slipway://review');
  expect(linkIn(['/opt/slipway', '--flag'])).toBeNull();
});
