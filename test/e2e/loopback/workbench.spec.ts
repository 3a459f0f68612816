import { platformKinds } from '#shared/simulation/simulate.ts';
import { expect, go, test, type App } from '../support/fixtures.ts';
import { runToResult } from '../support/simulation.ts';
import { fieldAt, openGroup, openWorkbench, resultOf, setNumber } from '../support/workbench.ts';

const rate = 'workload.services[0].arrivals.perSecond';

test('the lab leads to a card for each platform, and a card to its workbench', async ({ app }) => {
  const { page, t } = app;
  await go(app, '/lab');
  await page.getByRole('link', { name: t('workbench.title') }).click();
  const cards = page.getByRole('main').getByRole('listitem');
  await expect(cards).toHaveCount(platformKinds.length);
  await cards
    .filter({ hasText: t('platform.vm') })
    .getByRole('link')
    .click();
  await expect(page.getByRole('radio', { name: t('platform.vm') })).toBeChecked();
  await expect(page.getByRole('heading', { level: 1, name: t('workbench.title') })).toBeFocused();
});

for (const kind of platformKinds) {
  test(`${kind}: runs, and tells numbers and why they are so`, async ({ app }) => {
    const { page, t } = app;
    const bench = await openWorkbench(app, kind);
    await runToResult(app, bench);
    await expect(bench.getByRole('alert')).toHaveCount(0);
    expect(await resultOf(bench, t('metric.latencyMs.mean'))).toMatch(/^[1-9]\d* ms$/);
    expect(await resultOf(bench, t('metric.throughputPerSecond'))).toMatch(/^(29|30)(\.\d+)?$/);
    const why = page.getByRole('region', { name: t('why.title') });
    await expect(why.getByText(t('why.allRequests'))).toBeVisible();
    const work = why.getByRole('row').filter({ hasText: t('latencyPart.work') });
    await expect(work.first().getByRole('cell').last()).toHaveText(/%$/);
    // A station of the textbook costs nothing; everything else is paid for.
    const paid = kind !== 'queue';
    await expect(why.getByRole('columnheader', { name: t('why.moneyWentTo') })).toHaveCount(paid ? 1 : 0);
    if (paid && kind !== 'serverless')
      await expect(why.getByRole('row').filter({ hasText: t('costKind.idle') })).toHaveCount(1);
  });
}

test('a value that cannot be shows its problem at its field, until it is mended', async ({ app }) => {
  const { t } = app;
  const bench = await openWorkbench(app, 'queue');
  const field = fieldAt(bench, 'platform.servers');
  await setNumber(bench, 'platform.servers', 5000);
  const range = t('workbench.range', { from: 1, to: '1,000', unit: '' }).trim();
  await expect(field).toContainText(t('workbench.outOfRange', { range }));
  await expect(field.getByRole('spinbutton')).toHaveAttribute('aria-invalid', 'true');
  await expect(field.getByRole('spinbutton')).toHaveAccessibleDescription(/platform\.servers/);
  await expect(bench.getByRole('button', { name: t('sim.run'), exact: true })).toBeDisabled();
  await setNumber(bench, 'platform.servers', 2);
  await expect(field.getByRole('spinbutton')).not.toHaveAttribute('aria-invalid');
  await expect(bench.getByRole('alert')).toHaveCount(0);
  await runToResult(app, bench);
});

test('what does not go together is told at the field and with its place', async ({ app }) => {
  const bench = await openWorkbench(app, 'vm');
  await openGroup(app, bench, 'scaling');
  await setNumber(bench, 'platform.scaling.min', 12);
  await expect(fieldAt(bench, 'platform.scaling.max')).toContainText('platform.scaling.max');
  await expect(bench.getByRole('alert')).toContainText('platform.scaling.max');
});

test('an override changes the result, is marked, and can be taken back', async ({ app }) => {
  const { page, t } = app;
  const bench = await openWorkbench(app, 'serverless');
  await runToResult(app, bench);
  const before = await resultOf(bench, t('metric.latencyMs.p50'));
  const field = fieldAt(bench, 'platform.memoryMiB');
  await expect(field).not.toContainText(t('sim.changed'));
  await setNumber(bench, 'platform.memoryMiB', 1769);
  await expect(field).toContainText(t('sim.changed'));
  // One that every kind of load has counts once.
  await setNumber(bench, rate, 10.5);
  const group = bench.locator('details', { has: page.locator(`[data-path="${rate}"]`) });
  await expect(group.locator('summary')).toContainText(t('workbench.changedCount', { count: 1 }));
  await runToResult(app, bench);
  const after = await resultOf(bench, t('metric.latencyMs.p50'));
  expect(Number.parseFloat(after)).toBeLessThan(Number.parseFloat(before) / 2);
  // What came out before stands beside it.
  const row = bench.getByRole('row').filter({ hasText: t('metric.latencyMs.p50') });
  await expect(row.getByRole('cell')).toHaveText([after, before]);
  await field.getByRole('button').click();
  await expect(field.getByRole('spinbutton')).toHaveValue('512');
  await expect(field.getByRole('spinbutton')).toBeFocused();
  await expect(field).not.toContainText(t('sim.changed'));
});

test('every parameter shows its range, its default and where that comes from', async ({ app }) => {
  const { t } = app;
  const bench = await openWorkbench(app, 'container');
  const cores = fieldAt(bench, 'platform.nodeCores');
  await expect(cores).toContainText(t('workbench.default', { value: '4' }));
  await expect(cores).toContainText('AWS instance types, m5.xlarge, 2017');
  await openGroup(app, bench, 'start');
  const sandbox = fieldAt(bench, 'platform.sandbox');
  await sandbox.getByRole('combobox').selectOption('microvm');
  await expect(sandbox).toContainText('125 ms');
});

async function addFault({ t }: App, bench: Awaited<ReturnType<typeof openWorkbench>>, kind: string) {
  await bench.getByRole('combobox', { name: t('workbench.kindToAdd') }).selectOption(kind);
  await bench
    .getByRole('button', { name: t('workbench.addTo', { list: t('workbench.list.faults') }) })
    .click();
}

test('faults and deployments are added, happen in the run, and are removed', async ({ app }) => {
  const { page, t } = app;
  const bench = await openWorkbench(app, 'shared-host');
  await openGroup(app, bench, 'faults');
  await addFault(app, bench, 'crash');
  await setNumber(bench, 'faults[0].atSeconds', 30);
  await addFault(app, bench, 'host-loss');
  await fieldAt(bench, 'faults[1].host').getByRole('checkbox').check();
  await setNumber(bench, 'faults[1].everySeconds', 100);
  // A fault comes at one moment or at random; the last that is said counts.
  await expect(fieldAt(bench, 'faults[1].atSeconds').getByRole('spinbutton')).toHaveValue('');
  await setNumber(bench, 'faults[1].forSeconds', 5);
  await openGroup(app, bench, 'deployments');
  await bench
    .getByRole('button', { name: t('workbench.addTo', { list: t('workbench.list.deployments') }) })
    .click();
  await runToResult(app, bench);
  await bench.locator('.run summary').click();
  for (const event of ['crashed', 'deploy-started', 'deploy-finished'])
    await expect(
      bench
        .getByRole('listitem')
        .filter({ hasText: t(`event.${event}`) })
        .first(),
    ).toBeVisible();
  await page.getByRole('button', { name: t('workbench.remove', { name: t('choice.crash') }) }).click();
  await expect(page.getByRole('region', { name: t('choice.crash') })).toHaveCount(0);
  await expect(page.getByRole('region', { name: t('choice.host-loss') })).toHaveCount(1);
  await expect(fieldAt(bench, 'faults[0].forSeconds').getByRole('spinbutton')).toHaveValue('5');
});

test('a kind of arrivals brings its own fields and keeps the rate', async ({ app }) => {
  const bench = await openWorkbench(app, 'monolith');
  await setNumber(bench, rate, 12);
  const kind = fieldAt(bench, 'workload.services[0].arrivals.kind').getByRole('combobox');
  for (const [arrivals, own] of [
    ['step', 'thenPerSecond'],
    ['spike', 'peakPerSecond'],
    ['bursts', 'offSeconds'],
  ] as const) {
    await kind.selectOption(arrivals);
    await expect(fieldAt(bench, `workload.services[0].arrivals.${own}`)).toBeVisible();
    await expect(fieldAt(bench, rate).getByRole('spinbutton')).toHaveValue('12');
    await expect(bench.getByRole('alert')).toHaveCount(0);
  }
  await fieldAt(bench, 'workload.services[0].arrivals.kind').getByRole('button').click();
  await expect(kind).toHaveValue('poisson');
  await expect(bench.getByRole('alert')).toHaveCount(0);
});

test('an autoscaler is switched on and changes how many instances there are', async ({ app }) => {
  const { t } = app;
  const bench = await openWorkbench(app, 'container');
  await setNumber(bench, rate, 40);
  await openGroup(app, bench, 'hpa');
  await bench.getByRole('checkbox', { name: t('workbench.use', { name: t('workbench.group.hpa') }) }).check();
  await setNumber(bench, 'platform.hpa.targetCpuPercent', 30);
  await runToResult(app, bench);
  await expect(bench.getByRole('figure').filter({ hasText: t('sim.instancesChart') })).toHaveCount(1);
  await expect(bench.getByRole('alert')).toHaveCount(0);
});

test('the configuration is still there after going elsewhere, and for each platform', async ({ app }) => {
  const { page, t } = app;
  let bench = await openWorkbench(app, 'queue');
  await setNumber(bench, 'platform.servers', 3);
  await setNumber(bench, rate, 17);
  await bench.getByRole('radio', { name: t('platform.monolith') }).check();
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/lab/free/monolith');
  await expect(fieldAt(bench, 'platform.servers').getByRole('spinbutton')).toHaveValue('2');
  await expect(fieldAt(bench, rate).getByRole('spinbutton')).toHaveValue('17');
  await page.reload();
  await expect(fieldAt(bench, rate).getByRole('spinbutton')).toHaveValue('17');
  await go(app, '/lessons');
  bench = await openWorkbench(app, 'queue');
  await expect(fieldAt(bench, 'platform.servers').getByRole('spinbutton')).toHaveValue('3');
  await expect(fieldAt(bench, rate).getByRole('spinbutton')).toHaveValue('17');
  await bench.getByRole('button', { name: t('workbench.startAnew') }).click();
  await expect(fieldAt(bench, 'platform.servers').getByRole('spinbutton')).toHaveValue('1');
  await expect(fieldAt(bench, rate).getByRole('spinbutton')).toHaveValue('10');
});
