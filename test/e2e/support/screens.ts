import { expect, type Locator } from 'playwright/test';
import { referencesIn } from '#shared/pack/markdown.ts';
import type { QuestionKind } from '#shared/pack/schema.ts';
import {
  answerQuietly,
  answerShown,
  leaveReview,
  openCard,
  sharedHostLesson,
  showQuestion,
  skipTo,
} from './review.ts';
import { fillIn } from './answering.ts';
import { go, restored, told, type App } from './fixtures.ts';
import { questionOf, scenarioOf } from './pack.ts';
import { makeLeech, selectAndFlag } from './cards.ts';
import { fieldAt, openGroup, openWorkbench, setNumber } from './workbench.ts';
import { studyForDays } from './study-history.ts';
import { panelOf, predict, runToResult, setControl } from './simulation.ts';

/**
 * Every screen in each state that matters, in an order in which one learner can meet them. A screen brings what it needs, so
 * that each can also be opened alone.
 */
export interface Screen {
  readonly name: string;
  open(app: App): Promise<void>;
  /** Much longer than a window: one window of it is the picture. */
  readonly oneWindow?: boolean;
  /** The browser complains here by right: the screen shows what went wrong. */
  readonly complaints?: readonly RegExp[];
  /** Leads on to where the next screen can be opened. */
  leave?(app: App): Promise<void>;
}

const lessonPath = `/lessons/${sharedHostLesson}`;

async function openLesson(app: App): Promise<void> {
  await go(app, '/settings');
  await go(app, lessonPath);
  await expect(app.page.getByRole('group', { name: app.t('lessons.checkYourself') })).toHaveCount(2);
  await expect(app.page.getByRole('region', { name: app.t('sim.label', { title: '' }).trim() })).toHaveCount(
    2,
  );
  await restored(app.page);
}

/** The welcome at its first, second or third step. */
async function showWelcome(app: App, step: 1 | 2 | 3): Promise<void> {
  const { page, host, t } = app;
  await host.call('settings.set', { welcomed: false });
  const title = page.locator('[data-page-title]');
  await expect(title).toHaveText(t('welcome.languageTitle'));
  if (step > 1) await page.getByRole('button', { name: t('welcome.next') }).click();
  if (step === 2) await page.getByRole('radio', { name: t('welcome.interview') }).check();
  if (step === 3) {
    await page.getByRole('button', { name: t('welcome.next') }).click();
    await expect(page.getByRole('button', { name: t('welcome.read') })).toBeVisible();
  }
}

/** A mark with words, and a note on a section whose place in the text is gone. */
async function writeNotes({ host, locale }: App): Promise<void> {
  const quote = locale === 'en' ? 'one operating system' : '操作系统';
  const words = locale === 'en' ? 'Like flatmates with one fridge.' : '就像合租的人共用一台冰箱。';
  const gone = locale === 'en' ? 'a sentence that an update took away' : '更新后已经没有的一句话';
  const note = { lessonId: sharedHostLesson, locale, prefix: '', suffix: '' };
  const ids = ['00000000-0000-4000-8000-000000000701', '00000000-0000-4000-8000-000000000702'] as const;
  await host.call('notes.save', { ...note, id: ids[0], anchor: 'what-sharing-saves', quote, body: words });
  await host.call('notes.save', { ...note, id: ids[1], anchor: 'no-walls', quote: gone, body: '' });
}

async function runInLesson(app: App): Promise<void> {
  await openLesson(app);
  const scenario = scenarioOf('noisy-neighbour');
  const panel = panelOf(app, scenario);
  await predict(app, panel, scenario, 'two-or-three');
  await runToResult(app, panel);
  await expect(panel.getByRole('heading', { name: app.t('sim.explain') })).toBeVisible();
  await panel.evaluate((element) => element.scrollIntoView());
}

/** A learner some way in: one lesson read, one begun, a few answers, a question open. */
async function makeProgress(app: App): Promise<void> {
  const { host } = app;
  await host.call('lessons.finish', { id: 'monolith-baseline', finished: true });
  await host.call('lessons.saveProgress', {
    id: sharedHostLesson,
    percentRead: 45,
    anchor: 'no-walls',
    offset: 0.2,
  });
  for (const grade of [1, 3, 4] as const) await answerQuietly(host, await openCard(host, null), grade);
  const { question, basedOn } = await openCard(host, null);
  await host.call('review.saveDraft', { questionId: question.id, basedOn, draft: {} });
}

/** Shows a question as if nothing had been filled in yet. */
async function showFresh(app: App, kind?: QuestionKind): Promise<{ card: Locator; questionId: string }> {
  await leaveReview(app);
  // Whatever was answered on the way here is to be asked again.
  await app.host.call('cards.change', {
    which: { search: `lesson:${sharedHostLesson}` },
    change: { do: 'reset' },
  });
  const { question, basedOn } = kind ? await skipTo(app.host, kind) : await openCard(app.host);
  await app.host.call('review.saveDraft', { questionId: question.id, basedOn, draft: {} });
  return { card: await showQuestion(app), questionId: question.id };
}

function reviewOf(kind: QuestionKind): Screen[] {
  const open = async (app: App, right: boolean | null) => {
    const { card, questionId } = await showFresh(app, kind);
    if (kind === 'simulation') await expect(card.locator('.topology')).toBeVisible();
    if (right !== null) await answerShown(app, card, questionId, { right });
    await app.page.evaluate(() => scrollTo(0, 0));
  };
  return [
    { name: `review-${kind}-before`, open: (app) => open(app, null) },
    { name: `review-${kind}-wrong`, open: (app) => open(app, false) },
    ...(kind === 'open' || kind === 'simulation' || kind === 'multiple-choice' || kind === 'ordering'
      ? [{ name: `review-${kind}-right`, open: (app: App) => open(app, true) }]
      : []),
  ];
}

/** The workbench with everything on it that it can have. */
const freePlay: readonly Screen[] = [
  {
    name: 'lab-free-run-container',
    open: async (app) => {
      const bench = await freshWorkbench(app, 'container');
      await openGroup(app, bench, 'hpa');
      await bench
        .getByRole('checkbox', { name: app.t('workbench.use', { name: app.t('workbench.group.hpa') }) })
        .check();
      await openGroup(app, bench, 'start');
      await openGroup(app, bench, 'faults');
      const adding = app.t('workbench.addTo', { list: app.t('workbench.list.faults') });
      for (const kind of ['host-loss', 'cpu-hog']) {
        await bench.getByRole('combobox', { name: app.t('workbench.kindToAdd') }).selectOption(kind);
        await bench.getByRole('button', { name: adding }).click();
      }
      await runToResult(app, bench);
      await bench.locator('.run summary').click();
    },
  },
  {
    name: 'lab-free-run-serverless',
    open: async (app) => {
      const bench = await freshWorkbench(app, 'serverless');
      await runToResult(app, bench);
      await bench.getByRole('radio', { name: app.t('topology.view.table') }).check();
    },
  },
  {
    name: 'lab-free-run-vm',
    open: async (app) => {
      const bench = await freshWorkbench(app, 'vm');
      await openGroup(app, bench, 'scaling');
      await fieldAt(bench, 'platform.scaling.policy').getByRole('combobox').selectOption('simple');
      await fieldAt(bench, 'workload.services[0].arrivals.kind').getByRole('combobox').selectOption('spike');
      await setNumber(bench, 'workload.services[0].arrivals.peakPerSecond', 150);
      await setNumber(bench, 'platform.scaling.pointSeconds', 5);
      await setNumber(bench, 'platform.scaling.cooldownSeconds', 10);
      await runToResult(app, bench);
      await bench.locator('.run summary').click();
    },
  },
  {
    name: 'lab-free-crowded',
    open: async (app) => {
      const bench = await freshWorkbench(app, 'container');
      await setNumber(bench, 'workload.services[0].count', 40);
      await setNumber(bench, 'platform.nodes', 30);
      await openGroup(app, bench, 'pods');
      await setNumber(bench, 'platform.pods.replicas', 6);
      await setNumber(bench, 'platform.pods.cpuRequest', 0.6);
      await expect(bench.locator('.topology canvas').first()).toBeVisible();
      await expect(bench.locator('.pending')).toBeVisible();
    },
  },
  {
    name: 'lab-free-problem',
    open: async (app) => {
      const bench = await freshWorkbench(app, 'monolith');
      await setNumber(bench, 'platform.servers', 5000);
      await setNumber(bench, 'workload.services[0].count', 201);
      await expect(bench.getByRole('alert')).toContainText('platform.servers');
    },
  },
];

/** What was measured, and laid over each other. */
const comparing: readonly Screen[] = [
  {
    name: 'lab-free-compared',
    open: async (app) => {
      const { page, t } = app;
      const bench = await freshWorkbench(app, 'queue');
      const kept = told(page, 'lab.keepRun');
      await runToResult(app, bench);
      await kept;
      const history = page.getByRole('region', { name: t('labRun.history') });
      await history
        .getByRole('button', { name: t('labRun.compareWith') })
        .first()
        .click();
      await setNumber(bench, 'platform.servers', 2);
      await runToResult(app, bench);
      await expect(page.locator('.overlay path.dashed').first()).toBeVisible();
      const sweep = page.getByRole('region', { name: t('sweep.title') });
      await sweep.getByRole('spinbutton', { name: t('sweep.points') }).fill('3');
      await sweep.getByRole('button', { name: t('sweep.run'), exact: true }).click();
      await expect(sweep.getByRole('status')).toHaveText(t('batch.done'), { timeout: 20_000 });
    },
  },
  {
    name: 'lab-compare',
    open: async (app) => {
      const { page, t } = app;
      await go(app, '/lab/compare');
      const rate = page.locator('[data-path="compare.perSecond"]').getByRole('spinbutton');
      await rate.fill('0.05');
      await rate.press('Tab');
      await page.getByRole('button', { name: t('compare.run') }).click();
      await expect(page.getByRole('region', { name: t('compare.verdicts') })).toBeVisible({
        timeout: 60_000,
      });
      const map = page.getByRole('region', { name: t('compare.map.title') });
      await map.getByRole('button', { name: t('compare.map.run') }).click();
      await expect(map.locator('rect.serverless').nth(1)).toBeVisible({ timeout: 60_000 });
      await map.getByRole('button', { name: t('compare.cancel') }).click();
      // Both are of the workload before.
      const io = page.locator('[data-path="compare.ioMs"]').getByRole('spinbutton');
      await io.fill('7');
      await io.press('Tab');
      await expect(page.getByText(t('compare.old'))).toBeVisible();
      await expect(page.getByText(t('changedSince.map.workload'))).toBeVisible();
    },
  },
];

async function freshWorkbench(app: App, kind: string): Promise<Locator> {
  await go(app, '/lab');
  await go(app, `/lab/free/${kind}`);
  // What another screen left there may have been found wrong, and cannot run.
  await app.page.getByRole('button', { name: app.t('workbench.startAnew') }).click();
  const bench = await openWorkbench(app, kind);
  await expect(bench.getByRole('button', { name: app.t('sim.finish') })).toBeEnabled();
  return bench;
}

/** Types a search into the palette, over the screen of settings. */
async function searchFor(app: App, search: string): Promise<void> {
  const { page, t } = app;
  await go(app, '/settings');
  const dialog = page.getByRole('dialog', { name: t('palette.title') });
  // The same keys close one that is still there.
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+k');
  await dialog.getByRole('combobox').fill(search);
  await expect(dialog.getByRole('status')).not.toBeEmpty();
}

export const screens: readonly Screen[] = [
  ...([1, 2, 3] as const).map((step): Screen => ({
    name: `welcome-${step}`,
    open: (app) => showWelcome(app, step),
    leave: async ({ host, page }) => {
      await host.call('settings.set', { welcomed: true });
      await expect(page.getByRole('navigation')).toBeVisible();
    },
  })),
  { name: 'today-new', open: (app) => go(app, '/') },
  { name: 'lessons-new', open: (app) => go(app, '/lessons') },
  { name: 'review-nothing-answered', open: (app) => go(app, '/review') },
  { name: 'progress-nothing-answered', open: (app) => go(app, '/progress') },
  {
    name: 'today-all-done',
    open: async (app) => {
      await app.host.call('review.finish', {});
      await app.host.call('settings.set', { newPerDay: 0 });
      await go(app, '/');
      await expect(app.page.getByText(app.t('today.allDone'))).toBeVisible();
    },
  },
  {
    name: 'today-progress',
    open: async (app) => {
      await go(app, '/settings');
      await app.host.call('settings.set', { newPerDay: 15 });
      await makeProgress(app);
      await go(app, '/');
    },
  },
  {
    name: 'lessons-progress',
    open: async (app) => {
      await app.host.call('lessons.finish', { id: 'monolith-baseline', finished: true });
      await go(app, '/lessons');
    },
  },
  {
    name: 'reader-top',
    oneWindow: true,
    open: async (app) => {
      await openLesson(app);
      await app.page.evaluate(() => scrollTo(0, 0));
    },
  },
  {
    name: 'reader-pretest-answered',
    oneWindow: true,
    open: async (app) => {
      await openLesson(app);
      const pretest = app.page.getByRole('region', { name: app.t('lessons.pretest') });
      const first = pretest.locator('.pretest').first();
      const last = pretest.locator('.pretest').last();
      // Opened a second time, the answers are there already.
      const idle = app.t('lessons.tryIt');
      if ((await first.getByRole('button', { name: idle }).count()) > 0) {
        await fillIn(app, first, questionOf('sh-leak-in-shared-group'), { right: false });
        await first.getByRole('button', { name: idle }).click();
        await fillIn(app, last, questionOf('sh-watched-not-limited'), { right: true });
        await last.getByRole('button', { name: idle }).click();
      }
      await expect(pretest.getByRole('button', { name: idle })).toHaveCount(0);
      await pretest.evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: 'reader-term',
    oneWindow: true,
    open: async (app) => {
      await openLesson(app);
      await app.page.locator('.term').first().click();
      await expect(app.page.locator('.term-popover')).toBeVisible();
    },
  },
  { name: 'reader-simulation', oneWindow: true, open: runInLesson },
  {
    name: 'reader-question-answered',
    oneWindow: true,
    open: async (app) => {
      await openLesson(app);
      const box = app.page.getByRole('group', { name: app.t('lessons.checkYourself') }).first();
      const { body } = await app.host.call('lessons.get', { id: sharedHostLesson });
      const [embedded = ''] = referencesIn(body.en).questions;
      await fillIn(app, box, questionOf(embedded), { right: true });
      await box.getByRole('button', { name: app.t('lessons.check') }).click();
      await box.evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: 'reader-both-with-notes',
    oneWindow: true,
    open: async (app) => {
      await writeNotes(app);
      await app.host.call('settings.set', { readerLanguages: 'both' });
      await openLesson(app);
      const other = app.locale === 'en' ? 'zh-CN' : 'en';
      const section = app.page.locator(`[data-text="${other}/no-walls"]`);
      await section.evaluate((element) => element.scrollIntoView());
    },
    leave: async ({ host }) => {
      await host.call('settings.set', { readerLanguages: 'one' });
    },
  },
  {
    name: 'notes',
    open: async (app) => {
      await writeNotes(app);
      await go(app, '/notes');
    },
  },
  {
    name: 'print-lesson',
    oneWindow: true,
    open: async (app) => {
      await go(app, `/print/${sharedHostLesson}`);
      await expect(app.page.locator('article')).toHaveCount(1);
    },
  },
  {
    name: 'reader-end',
    oneWindow: true,
    open: async (app) => {
      await openLesson(app);
      const finish = app.page.getByRole('button', { name: app.t('lessons.finish') });
      if ((await finish.count()) > 0) await finish.click();
      await expect(app.page.getByRole('button', { name: app.t('lessons.unfinish') })).toBeVisible();
      await app.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    },
  },
  ...(
    [
      'single-choice',
      'numeric',
      'matching',
      'ordering',
      'multiple-choice',
      'cloze',
      'simulation',
      'open',
    ] as const
  )
    .map(reviewOf)
    .flat(),
  {
    name: 'review-looked-up',
    open: async (app) => {
      await showFresh(app);
      await app.page.getByRole('button', { name: app.t('review.lookUp') }).click();
      await expect(app.page.getByRole('region', { name: app.t('review.lookUp') })).toBeVisible();
    },
  },
  {
    name: 'review-done',
    open: async (app) => {
      await go(app, '/settings');
      await app.host.call('settings.set', { newPerDay: 3 });
      for (;;) {
        const { card } = await app.host.call('review.next', { lessonId: 'monolith-baseline' });
        if (!card) break;
        await answerQuietly(app.host, card);
      }
      await go(app, '/review/monolith-baseline');
      await expect(app.page.getByRole('button', { name: app.t('review.finish') })).toBeVisible();
    },
  },
  {
    name: 'lab',
    open: async (app) => {
      // Every state that a challenge can be in.
      const tried = { place: 'lab', changes: {}, seed: 11, metrics: {}, met: false } as const;
      await app.host.call('lab.saveAttempt', { ...tried, scenarioId: 'lose-a-server', margin: -0.18 });
      await app.host.call('lab.saveAttempt', { ...tried, scenarioId: 'vm-zone-lost' });
      await app.host.call('lab.saveAttempt', { ...tried, scenarioId: 'flash-sale', met: true, margin: 0.07 });
      await app.host.call('lab.noteHelp', { scenarioId: 'lose-a-server', hintsShown: 2, gaveUp: true });
      await go(app, '/lab');
      await expect(app.page.getByText(app.t('challenge.gaveUp'))).toBeVisible();
    },
  },
  {
    name: 'lab-curve',
    open: async (app) => {
      await go(app, '/lab/six-an-hour');
      const panel = panelOf(app, scenarioOf('six-an-hour'));
      const points = panel.getByRole('slider', { name: app.t('metric.coldStartProbability') });
      const change = panel.getByRole('button', { name: app.t('sim.changePrediction') });
      await expect(points.first().or(change)).toBeVisible();
      if ((await change.count()) > 0) await change.click();
      await points.nth(2).focus();
      await app.page.keyboard.press('PageUp');
      await panel.getByText(app.t('predict.type')).click();
    },
  },
  {
    name: 'lab-curve-run',
    oneWindow: true,
    open: async (app) => {
      const scenario = scenarioOf('six-an-hour');
      await go(app, `/lab/${scenario.id}`);
      const panel = panelOf(app, scenario);
      const commit = panel.getByRole('button', { name: app.t('sim.commit') });
      const change = panel.getByRole('button', { name: app.t('sim.changePrediction') });
      await expect(commit.or(change)).toBeVisible();
      if ((await commit.count()) > 0) {
        await panel
          .getByRole('slider', { name: app.t('metric.coldStartProbability') })
          .first()
          .press('End');
        await commit.click();
      }
      await runToResult(app, panel);
      await panel.getByText(app.t('predict.numbers')).click();
      await expect(panel.getByRole('region', { name: app.t('debrief.title') })).toBeVisible();
    },
  },
  {
    name: 'lab-given-up',
    oneWindow: true,
    open: async (app) => {
      const scenario = scenarioOf('lose-a-server');
      await app.host.call('lab.noteHelp', { scenarioId: scenario.id, hintsShown: 2, gaveUp: true });
      await go(app, `/lab/${scenario.id}`);
      const solution = panelOf(app, scenario).getByRole('table', { name: app.t('sim.solution') });
      await expect(solution).toBeVisible();
      await solution.evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: 'lab-run',
    open: async (app) => {
      await leaveReview(app);
      await go(app, '/settings');
      const scenario = scenarioOf('fit-twelve-services');
      const remembered = told(app.page, 'lab.attempts', ({ limit }) => limit === 1);
      await go(app, `/lab/${scenario.id}`);
      await remembered;
      const panel = panelOf(app, scenario);
      await setControl(app, panel, scenario, 'platform.instancesPerGroup', 1);
      await runToResult(app, panel);
      await setControl(app, panel, scenario, 'platform.instancesPerGroup', 3);
      const saved = told(app.page, 'lab.attempts');
      await runToResult(app, panel);
      await saved;
      await expect(app.page.getByRole('heading', { name: app.t('lab.attempts') })).toBeVisible();
    },
  },
  {
    name: 'lab-paused',
    open: async (app) => {
      const scenario = scenarioOf('one-leak-twelve-services');
      await go(app, `/lab/${scenario.id}`);
      const panel = panelOf(app, scenario);
      await predict(app, panel, scenario, 'some');
      await panel.getByRole('button', { name: app.t('sim.run'), exact: true }).click();
      await expect(panel.locator('.counters')).not.toContainText(app.t('sim.served', { value: 0 }));
      await panel.getByRole('button', { name: app.t('sim.pause') }).click();
      await expect(panel.getByRole('figure').first()).toBeVisible();
    },
  },
  {
    name: 'lab-free',
    open: async (app) => {
      await go(app, '/lab/free');
      await expect(app.page.getByRole('main').getByRole('listitem')).toHaveCount(6);
    },
  },
  ...freePlay,
  ...comparing,
  {
    name: 'glossary',
    oneWindow: true,
    open: async (app) => {
      await go(app, '/glossary');
      await expect(app.page.getByRole('article').first()).toBeVisible();
    },
  },
  {
    name: 'glossary-term',
    oneWindow: true,
    open: async (app) => {
      await go(app, '/glossary/docker');
      const item = app.page.locator('#term-docker');
      await expect(item).toBeFocused();
      await item.locator('summary').click();
    },
  },
  {
    name: 'glossary-nothing-found',
    open: async (app) => {
      await go(app, '/glossary');
      await app.page.getByRole('searchbox').fill('0x0x0');
      await expect(app.page.getByRole('button', { name: app.t('glossary.clear') })).toBeVisible();
    },
  },
  {
    name: 'settings',
    open: async (app) => {
      await go(app, '/settings');
      await expect(app.page.getByRole('heading', { name: app.t('settings.content') })).toBeVisible();
    },
  },
  {
    name: 'keys',
    oneWindow: true,
    open: async (app) => {
      await showFresh(app);
      await app.page.keyboard.press('?');
      await expect(app.page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'cards',
    open: async (app) => {
      await go(app, '/cards');
      await selectAndFlag(app);
      await app.page.getByRole('searchbox').fill('is:new due<soon');
      await expect(app.page.locator('#search-problem')).toBeVisible();
      const help = app.page.getByRole('button', { name: app.t('cards.help.open') });
      if ((await help.getAttribute('aria-expanded')) === 'false') await help.click();
    },
  },
  {
    name: 'cards-details',
    oneWindow: true,
    open: async (app) => {
      const id = await makeLeech(app.host);
      await go(app, `/cards/${id}`);
      const details = app.page.getByRole('dialog', { name: app.t('cards.info.title') });
      await details.getByText(app.t('cards.info.curveNumbers')).click();
      await details
        .getByRole('button', { name: app.t('cards.info.write') })
        .or(details.getByRole('button', { name: app.t('cards.info.rewrite') }))
        .click();
    },
  },
  {
    name: 'interviews',
    open: async (app) => {
      await app.host.call('settings.set', { newPerDay: 5 });
      const { today } = await app.host.call('progress.calendar', { days: 1 });
      const [first = { id: '' }, second = { id: '' }] = await app.host.call('lessons.list', {});
      for (const [index, inDays] of [-5, 14, 120].entries()) {
        await app.host.call('interview.save', {
          id: `00000000-0000-4000-8000-00000000000${String(index)}`,
          name: '(1)',
          day: today + inDays,
          lessonIds: inDays === 120 ? [first.id, second.id] : [],
          target: 0.9,
        });
      }
      await go(app, '/interviews');
      const articles = app.page.getByRole('article');
      await expect(articles).toHaveCount(2);
      await articles.first().getByText(app.t('interview.asTable')).click();
    },
  },
  {
    name: 'interviews-form',
    oneWindow: true,
    open: async (app) => {
      await go(app, '/interviews');
      await app.page.keyboard.press('n');
      const form = app.page.getByRole('dialog');
      await form.getByRole('checkbox').first().uncheck();
      await form.getByRole('textbox').first().press('Enter');
      await expect(form.getByText(app.t('interview.lessonsMissing'))).toBeVisible();
    },
  },
  {
    name: 'today-backlog',
    open: async (app) => {
      await app.host.call('settings.set', { reviewsPerDay: 10, burySiblings: false });
      await app.host.call('cards.change', { which: { search: '' }, change: { do: 'set-due', inDays: 0 } });
      await go(app, '/');
      await expect(app.page.getByRole('button', { name: app.t('today.spread') })).toBeVisible();
    },
  },
  {
    name: 'progress',
    oneWindow: true,
    open: async (app) => {
      await studyForDays(app, 12);
      await go(app, '/progress');
      await expect(app.page.getByRole('region', { name: app.t('progress.time.title') })).toBeVisible();
    },
  },
  {
    name: 'palette-results',
    open: (app) => searchFor(app, app.locale === 'en' ? 'container limit' : '容器上限'),
  },
  {
    name: 'palette-none',
    open: async (app) => {
      await searchFor(app, '0x0x0');
      await expect(app.page.getByText(app.t('palette.noneHint'))).toBeVisible();
    },
  },
  {
    name: 'error-not-found',
    complaints: [/status (of )?404/],
    open: async (app) => {
      await app.page.evaluate(() => {
        location.hash = '#/lessons/not-in-any-pack';
      });
      await expect(app.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'error-unreachable',
    complaints: [/ERR_CONNECTION_REFUSED/],
    open: async (app) => {
      await go(app, '/settings');
      await app.page.route('**/api/**', (route) => route.abort('connectionrefused'));
      await app.page.evaluate(() => {
        location.hash = '#/lessons';
      });
      await expect(app.page.getByRole('alert')).toBeVisible();
      await app.page.unroute('**/api/**');
    },
  },
];
