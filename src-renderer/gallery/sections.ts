import type { Component } from 'svelte';
import Buttons from './sections/Buttons.svelte';
import Character from './sections/Character.svelte';
import Charts from './sections/Charts.svelte';
import Choices from './sections/Choices.svelte';
import Colours from './sections/Colours.svelte';
import Dialogs from './sections/Dialogs.svelte';
import Fields from './sections/Fields.svelte';
import Figures from './sections/Figures.svelte';
import Keys from './sections/Keys.svelte';
import Notes from './sections/Notes.svelte';
import OpenQuestion from './sections/OpenQuestion.svelte';
import PageHead from './sections/PageHead.svelte';
import Progress from './sections/Progress.svelte';
import Questions from './sections/Questions.svelte';
import LongQuestions from './sections/LongQuestions.svelte';
import Run from './sections/Run.svelte';
import Scales from './sections/Scales.svelte';
import Simulation from './sections/Simulation.svelte';
import Texts from './sections/Texts.svelte';

/** The gallery from top to bottom; an id is an anchor, and the name of a picture. */
export const sections: readonly {
  readonly id: string;
  readonly title: string;
  readonly content: Component;
}[] = [
  { id: 'character', title: 'Character', content: Character },
  { id: 'colours', title: 'Colours', content: Colours },
  { id: 'scales', title: 'Type, space, shape, motion', content: Scales },
  { id: 'buttons', title: 'Buttons', content: Buttons },
  { id: 'choices', title: 'Choices', content: Choices },
  { id: 'fields', title: 'Fields', content: Fields },
  { id: 'notes', title: 'Notes, errors, loading', content: Notes },
  { id: 'dialogs', title: 'Dialogs', content: Dialogs },
  { id: 'progress', title: 'Progress', content: Progress },
  { id: 'keys', title: 'Keys', content: Keys },
  { id: 'page', title: 'Page head', content: PageHead },
  { id: 'texts', title: 'Text of lessons', content: Texts },
  { id: 'charts', title: 'Charts', content: Charts },
  { id: 'figures', title: 'Tables and lines', content: Figures },
  { id: 'questions', title: 'Questions', content: Questions },
  { id: 'long-questions', title: 'Questions with long texts', content: LongQuestions },
  { id: 'open-question', title: 'Open question', content: OpenQuestion },
  { id: 'simulation', title: 'Simulation', content: Simulation },
  { id: 'run', title: 'A run, and help with it', content: Run },
];
