import { settingsPatchSchema, type Settings } from '#shared/contract/settings.ts';

const looks = settingsPatchSchema.pick({
  language: true,
  theme: true,
  contrast: true,
  density: true,
  textSizePercent: true,
});
export type Look = Required<ReturnType<typeof looks.parse>>;

/** Short enough to type: `?lang=zh-CN&theme=dark&contrast=high&density=compact&size=200`. */
const names = {
  language: 'lang',
  theme: 'theme',
  contrast: 'contrast',
  density: 'density',
  textSizePercent: 'size',
} as const satisfies Record<keyof Look, string>;

/** What the address asks for; a value that there is not is as if it were not there. */
export function lookOfAddress(): Partial<Look> {
  const query = new URLSearchParams(location.search);
  const asked = Object.entries(names).map(([field, name]) => {
    const value = query.get(name);
    return looks.safeParse({ [field]: field === 'textSizePercent' ? Number(value) : value }).data ?? {};
  });
  return Object.assign({}, ...asked) as Partial<Look>;
}

/** So that a reload, or somebody who is sent the address, sees the same. */
export function showInAddress(settings: Settings): void {
  const query = new URLSearchParams(
    Object.entries(names).map(([field, name]) => [name, String(settings[field as keyof Look])]),
  );
  history.replaceState(null, '', `?${query.toString()}${location.hash}`);
}
