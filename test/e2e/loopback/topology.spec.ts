import type { Locator } from 'playwright/test';
import { expect, go, test, told, type App } from '../support/fixtures.ts';
import { scenarioOf } from '../support/pack.ts';
import { panelOf, predict, runToResult } from '../support/simulation.ts';
import { openGroup, openWorkbench, setNumber } from '../support/workbench.ts';

const clock = (panel: Locator) => panel.locator('.counters span').first();

async function showTable({ t }: App, panel: Locator): Promise<void> {
  await panel.getByRole('radio', { name: t('topology.view.table') }).check();
}

test('one goes back to an event of a run and on again, and the run counts once', async ({ app }) => {
  const { page, host, t } = app;
  const scenario = scenarioOf('one-leak-twelve-services');
  await go(app, `/lab/${scenario.id}`);
  const panel = panelOf(app, scenario);
  await predict(app, panel, scenario, 'some');
  const saved = told(page, 'lab.saveAttempt');
  await runToResult(app, panel);
  await saved;
  const end = await panel.locator('.counters').innerText();

  await panel.locator('summary').filter({ hasText: /\d/ }).first().click();
  const killed = panel
    .getByRole('button')
    .filter({ hasText: t('event.oom-killed') })
    .first();
  const at = /^[\d.,]+ s/.exec(await killed.innerText())?.[0] ?? '';
  await killed.click();
  await expect(killed).toHaveAttribute('aria-current', 'step');
  await expect(clock(panel)).toHaveText(t('sim.clock', { seconds: at.replace(' s', '') }));
  // At that moment something lies dead, and the table says it.
  await showTable(app, panel);
  await expect(
    panel
      .getByRole('cell', {
        name: t('sim.state.killed'),
        exact: true,
      })
      .first(),
  ).toBeVisible();
  // What came out stays known.
  await expect(panel.getByRole('heading', { name: t('sim.explain') })).toBeVisible();

  await page.keyboard.press('b');
  await expect(killed).not.toHaveAttribute('aria-current');
  await page.keyboard.press('n');
  await expect(killed).toHaveAttribute('aria-current', 'step');
  await panel.getByRole('button', { name: t('sim.finish') }).click();
  await expect(panel.locator('.counters')).toHaveText(end, { useInnerText: true });
  expect(await host.call('lab.attempts', { scenarioId: scenario.id })).toHaveLength(1);
});

test('the picture is never shown stretched, and follows the width of its place', async ({ app }) => {
  const { page } = app;
  // Looked at whenever the room has changed, once the picture itself has seen it, and before that is painted.
  await page.evaluate(() => {
    const stretched: string[] = [];
    const watched = new Set<Element>();
    const look = ({ width, height, clientWidth, clientHeight }: HTMLCanvasElement): void => {
      const [right, bottom] = [clientWidth * devicePixelRatio, clientHeight * devicePixelRatio];
      if (Math.abs(width - right) > 1 || Math.abs(height - bottom) > 1)
        stretched.push(`${width} x ${height} px fill ${right} x ${bottom}`);
    };
    new MutationObserver(() => {
      for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.picture canvas')) {
        if (watched.has(canvas)) continue;
        watched.add(canvas);
        new ResizeObserver(() => look(canvas)).observe(canvas);
      }
    }).observe(document.body, { childList: true, subtree: true });
    Object.assign(globalThis, { stretched, watched });
  });
  const scenario = scenarioOf('lose-a-server');
  await go(app, `/lab/${scenario.id}`);
  const canvas = panelOf(app, scenario).locator('.picture canvas').first();
  await expect(canvas).toBeVisible();
  const isWide = async () => (await canvas.boundingBox())!.width > 500;
  await expect.poll(isWide).toBe(true);
  await page.setViewportSize({ width: 420, height: 800 });
  await expect.poll(isWide).toBe(false);
  await page.waitForTimeout(200);
  const seen = await page.evaluate(() => {
    const { stretched, watched } = globalThis as unknown as { stretched: string[]; watched: Set<Element> };
    return { stretched, watched: watched.size };
  });
  expect(seen).toEqual({ stretched: [], watched: 2 });
});

test('picture, table and keys tell the same of a run with a new version', async ({ app }) => {
  const { page, t } = app;
  const bench = await openWorkbench(app, 'shared-host');
  await openGroup(app, bench, 'deployments');
  await bench
    .getByRole('button', { name: t('workbench.addTo', { list: t('workbench.list.deployments') }) })
    .click();
  await setNumber(bench, 'deployments[0].atSeconds', 30);
  await bench.getByRole('button', { name: t('topology.nextEvent') }).click();
  await expect(bench.locator('.state')).toContainText(t('event.deploy-started'));
  const time = bench.getByRole('slider', { name: t('topology.time') });
  await expect(time).toHaveAttribute('aria-valuetext', t('topology.moment', { seconds: '30.0' }));

  // To the end of the deployment, past another event: two presses count as two before the first of them is there.
  await page.evaluate(() => {
    const press = () => new KeyboardEvent('keydown', { key: 'n', bubbles: true, cancelable: true });
    for (const event of [press(), press()]) document.body.dispatchEvent(event);
  });
  await expect(bench.locator('.state')).toContainText(t('event.deploy-finished'));
  // Then one process after another, by the keys alone.
  const picture = bench.getByRole('img', { name: new RegExp(t('sim.stateCount.running', { value: 3 })) });
  await picture.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const details = bench.locator('.details');
  const version = t('topology.version', { version: 2 });
  await expect(details).toContainText(version);
  const name = (await details.locator('strong').innerText()).split(' ')[0] ?? '';

  await showTable(app, bench);
  const table = bench.getByRole('table').first();
  await expect(table.getByRole('columnheader', { name: t('topology.versionName') })).toBeVisible();
  await expect(table.getByRole('row').filter({ hasText: version })).toHaveCount(1);
  await expect(table.getByRole('row').filter({ hasText: version })).toContainText(name);
  await expect(table.getByRole('row')).toHaveCount(4);
});

test.describe('where nothing may move', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('a run is a sequence of states, each with its time', async ({ app }) => {
    const { t } = app;
    const bench = await openWorkbench(app, 'container');
    await bench.getByRole('button', { name: t('sim.run'), exact: true }).click();
    await expect(bench.locator('.counters')).not.toContainText(t('sim.served', { value: 0 }));
    const states = await bench.locator('.state strong').evaluate(async (label) => {
      const seen = [label.textContent];
      const until = performance.now() + 3000;
      while (performance.now() < until) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (seen.at(-1) !== label.textContent) seen.push(label.textContent);
      }
      return seen;
    });
    // About one in a second, where frames come thirty times as often.
    expect(states.length).toBeGreaterThan(1);
    expect(states.length).toBeLessThan(7);
  });
});
