import { expect, test } from '../support/fixtures.ts';

test.use({ welcomed: false });

test('a new learner chooses language and goal, is planned for, and comes to the first lesson, once', async ({
  app,
}) => {
  const { page, host } = app;
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await page.getByRole('radio', { name: '简体中文' }).check();
  await page.getByRole('button', { name: '继续' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  // A date that is missing is asked for; one that is there is planned for.
  await page.getByRole('radio', { name: /准备面试/ }).check();
  await page.getByRole('button', { name: '继续' }).click();
  const date = page.getByLabel('日期');
  await expect(date).toHaveAttribute('aria-invalid', 'true');
  const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await date.fill(inTenDays);
  await page.getByRole('radio', { name: /密集/ }).check();
  await page.getByRole('button', { name: '继续' }).click();

  // Nothing is lost on the way back.
  await page.getByRole('button', { name: '返回' }).click();
  await expect(page.getByLabel('日期')).toHaveValue(inTenDays);
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByRole('button', { name: '开始阅读' }).click();
  await expect(page).toHaveURL(/#\/lessons\/monolith-baseline/);
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible();

  const kept = await host.call('settings.get', {});
  expect(kept).toMatchObject({ language: 'zh-CN', newPerDay: 30, welcomed: true });
  const interviews = await host.call('interview.list', {});
  expect(interviews.map(({ name, plan }) => [name, plan !== null])).toEqual([['我的面试', true]]);
  await page.reload();
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible();
});
