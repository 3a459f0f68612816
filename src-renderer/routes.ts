import Today from './features/today/Today.svelte';
import Lessons from './features/lessons/Lessons.svelte';
import wrap from 'svelte-spa-router/wrap';

/** The first screens come with the page; the others when they are opened. */
export const routes = {
  '/': Today,
  '/lessons': Lessons,
  '/lessons/:id/:anchor?': wrap({ asyncComponent: () => import('./features/lessons/Reader.svelte') }),
  '/notes': wrap({ asyncComponent: () => import('./features/lessons/Notes.svelte') }),
  '/print/:id?': wrap({ asyncComponent: () => import('./features/print/Print.svelte') }),
  '/review/:lessonId?': wrap({ asyncComponent: () => import('./features/review/Review.svelte') }),
  // Before the scenarios, whose address would take it for one of theirs.
  '/lab/free/:kind?': wrap({ asyncComponent: () => import('./features/lab/FreePlay.svelte') }),
  '/lab/compare': wrap({ asyncComponent: () => import('./features/lab/compare/Compare.svelte') }),
  '/lab/:scenarioId?': wrap({ asyncComponent: () => import('./features/lab/Lab.svelte') }),
  '/cards/:id?': wrap({ asyncComponent: () => import('./features/cards/Cards.svelte') }),
  '/progress': wrap({ asyncComponent: () => import('./features/progress/Progress.svelte') }),
  '/interviews': wrap({ asyncComponent: () => import('./features/interview/Interviews.svelte') }),
  '/glossary/:id?': wrap({ asyncComponent: () => import('./features/library/Glossary.svelte') }),
  '/settings/:setting?': wrap({ asyncComponent: () => import('./features/settings/Settings.svelte') }),
  '*': Today,
};
