import { readFile } from 'node:fs/promises';
import { expect, go, open, test, told } from '../support/fixtures.ts';
import { runToResult } from '../support/simulation.ts';
import { fieldAt, openWorkbench, setNumber } from '../support/workbench.ts';

const rate = 'workload.services[0].arrivals.perSecond';

test('free play: situations, sliders, text and file, history, overlay and a sweep', async ({ app }) => {
  const { page, t } = app;
  let bench = await openWorkbench(app, 'queue');

  await test.step('a situation fills in the form', async () => {
    await bench.getByRole('button', { name: t('labRun.usePreset') }).click();
    await expect(fieldAt(bench, rate).getByRole('spinbutton')).toHaveValue('40');
  });

  await test.step('a number can be typed beyond the slider, or moved by keys', async () => {
    const slider = fieldAt(bench, rate).getByRole('slider');
    await setNumber(bench, rate, 9000);
    await expect(slider).toHaveAttribute('aria-valuetext', '9,000 1/s');
    await setNumber(bench, rate, 30);
    await slider.press('ArrowRight');
    await expect(fieldAt(bench, rate).getByRole('spinbutton')).toHaveValue('40');
    await slider.press('ArrowLeft');
    await expect(slider).toHaveAttribute('aria-valuetext', '30 1/s');
  });

  let text = '';
  await test.step('a run is kept and named', async () => {
    const kept = told(page, 'lab.keepRun');
    await runToResult(app, bench);
    await kept;
    const history = page.getByRole('region', { name: t('labRun.history') });
    await expect(history.getByRole('listitem').first()).toContainText('30 1/s');
    await history.getByRole('button', { name: t('labRun.rename', { name: '' }).trim() }).click();
    await history.getByRole('textbox', { name: t('labRun.name') }).fill('Thirty a second');
    await page.keyboard.press('Enter');
    await expect(history.getByText('Thirty a second', { exact: true })).toBeVisible();
  });

  await test.step('the text of it is the file, and is copied', async () => {
    const saved = page.waitForEvent('download');
    await bench.getByRole('button', { name: t('share.save') }).click();
    const file = await (await saved).path();
    await bench.getByRole('button', { name: t('share.copy') }).click();
    const area = page.getByRole('textbox', { name: t('share.text') });
    text = await area.inputValue();
    expect(text).toBe(await readFile(file, 'utf8'));
    await page.getByRole('button', { name: t('share.copyNow'), exact: true }).click();
    await expect(page.getByRole('dialog').getByRole('status')).not.toBeEmpty();
    await page.keyboard.press('Escape');
  });

  await test.step('in a fresh window it is pasted, once it is right', async () => {
    await page.goto('about:blank');
    await open(app);
    bench = await openWorkbench(app, 'vm');
    await bench.getByRole('button', { name: t('share.paste') }).click();
    const area = page.getByRole('textbox', { name: t('share.text') });
    const take = page.getByRole('button', { name: t('share.take') });
    const alert = page.getByRole('dialog').getByRole('alert');
    await area.fill(`${text}\n  wrong: [`);
    await take.click();
    await expect(alert).toContainText(/\d+/);
    await area.fill(text.replace('perSecond: 30', 'perSecond: -3'));
    await take.click();
    await expect(alert).toContainText(rate);
    await area.fill(text);
    await take.click();
    await expect(fieldAt(bench, rate).getByRole('spinbutton')).toHaveValue('30');
    await expect(bench.getByRole('radio', { name: t('platform.queue') })).toBeChecked();
    await bench.locator('.done').getByRole('button').click();
    await expect(bench.getByRole('radio', { name: t('platform.vm') })).toBeChecked();
  });

  await test.step('a file is opened', async () => {
    const file = { name: 'mine.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) };
    await bench.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: t('share.take') }).click();
    await expect(fieldAt(bench, rate).getByRole('spinbutton')).toHaveValue('30');
  });

  await test.step('another run is laid over the kept one', async () => {
    await setNumber(bench, 'platform.servers', 2);
    await runToResult(app, bench);
    const history = page.getByRole('region', { name: t('labRun.history') });
    const kept = history.getByRole('listitem').filter({ hasText: 'Thirty a second' });
    await kept.getByRole('button', { name: t('labRun.compareWith') }).click();
    const overlay = page.getByRole('region', { name: t('labRun.overlay', { name: 'Thirty a second' }) });
    await expect(overlay.locator('path.dashed').first()).toBeVisible();
    const row = overlay.getByRole('row').filter({ hasText: t('metric.latencyMs.p95') });
    await expect(row.getByRole('cell').last()).toHaveText(/^-\d/);
  });

  await test.step('a run of the history is run again on its seed, and removed', async () => {
    const history = page.getByRole('region', { name: t('labRun.history') });
    const kept = history.getByRole('listitem').filter({ hasText: 'Thirty a second' });
    await kept.getByRole('button', { name: t('labRun.replay') }).click();
    await expect(fieldAt(bench, 'platform.servers').getByRole('spinbutton')).toHaveValue('1');
    await expect(bench.getByRole('button', { name: t('sim.pause') })).toBeVisible();
    await kept.getByRole('button', { name: t('labRun.remove') }).click();
    await expect(kept).toHaveCount(0);
    await history.locator('.done').getByRole('button').click();
    await expect(kept).toHaveCount(1);
  });

  await test.step('a parameter is swept', async () => {
    const sweep = page.getByRole('region', { name: t('sweep.title') });
    await sweep.getByRole('combobox', { name: t('sweep.parameter') }).selectOption('platform.servers');
    const start = sweep.getByRole('button', { name: t('sweep.run'), exact: true });
    const from = sweep.getByRole('spinbutton', { name: t('sweep.from') });
    await from.fill('0');
    await expect(from).toHaveAttribute('aria-invalid', 'true');
    await expect(from).toHaveAccessibleDescription(/1,000|1000/);
    await expect(start).toBeDisabled();
    await from.fill('1');
    await sweep.getByRole('spinbutton', { name: t('sweep.to') }).fill('4');
    await sweep.getByRole('spinbutton', { name: t('sweep.points') }).fill('4');
    await start.dblclick();
    await expect(sweep.getByRole('status')).toHaveText(t('batch.done'), { timeout: 20_000 });
    const curve = sweep.getByRole('region', { name: t('metric.latencyMs.p95') });
    await expect(curve.locator('circle')).toHaveCount(4);
    await curve.locator('summary').click();
    await expect(curve.getByRole('row')).toHaveCount(5);
  });

  await test.step('a sweep that is not of the configuration any more says so, and leaves nothing where it fails', async () => {
    const sweep = page.getByRole('region', { name: t('sweep.title') });
    const status = sweep.getByRole('status');
    const curve = sweep.getByRole('region', { name: t('metric.latencyMs.p95') });
    const platform = (kind: string) => t(`platform.${kind}`);
    await bench.getByRole('radio', { name: platform('vm') }).check();
    await expect(status).toHaveText(
      t('changedSince.platform', { before: platform('queue'), now: platform('vm') }),
    );
    await bench.getByRole('radio', { name: platform('queue') }).check();
    await setNumber(bench, 'workload.services[0].count', 201);
    await expect(status).toHaveText(t('changedSince.configuration'));
    await sweep.getByRole('combobox', { name: t('sweep.parameter') }).selectOption('platform.servers');
    await sweep.getByRole('button', { name: t('sweep.run'), exact: true }).click();
    await expect(sweep.getByRole('alert')).toContainText('workload.services[0].count');
    await expect(status).toBeEmpty();
    await expect(curve).toHaveCount(0);
    await setNumber(bench, 'workload.services[0].count', 3);
    await expect(sweep.getByRole('alert')).toHaveCount(0);
  });

  await test.step('what was kept is there after a new start', async () => {
    await go(app, '/lessons');
    bench = await openWorkbench(app, 'queue');
    await expect(page.getByText('Thirty a second', { exact: true }).first()).toBeVisible();
  });
});
