import type { Locale, Localized } from '../locale.ts';

/**
 * Every error that a user can meet, with what it says. Handlers return these; only bugs throw.
 * `{name}` stands for a parameter of the error.
 */
export const errorTexts = {
  'invalid-input': {
    en: 'The request is not in the expected form: {details}.',
    'zh-CN': '请求的格式不对：{details}。',
  },
  'unknown-method': { en: 'There is no method called “{method}”.', 'zh-CN': '没有名为“{method}”的方法。' },
  unauthorized: {
    en: 'This window has no valid access token. Open Slipway again from the address that it printed at start.',
    'zh-CN': '此窗口没有有效的访问令牌。请用启动时显示的地址重新打开 Slipway。',
  },
  forbidden: {
    en: 'Requests from this origin are not allowed.',
    'zh-CN': '不接受来自此来源的请求。',
  },
  'unsupported-media-type': {
    en: 'Only application/json is understood.',
    'zh-CN': '只接受 application/json 格式。',
  },
  'too-large': {
    en: 'The request is larger than the {limitKiB} KiB allowed.',
    'zh-CN': '请求超过了 {limitKiB} KiB 的上限。',
  },
  unreachable: {
    en: 'Slipway is not responding. If its window or terminal was closed, start it again; nothing that was saved is lost.',
    'zh-CN': 'Slipway 没有响应。如果它的窗口或终端已关闭，请重新启动；已保存的内容不会丢失。',
  },
  'not-found': {
    en: 'Nothing was found under “{id}”. An update of the content may have removed it.',
    'zh-CN': '找不到“{id}”。它可能已在内容更新中移除。',
  },
  'nothing-to-undo': { en: 'There is nothing left to undo.', 'zh-CN': '没有可以撤销的操作了。' },
  'nothing-to-redo': { en: 'There is nothing left to redo.', 'zh-CN': '没有可以重做的操作了。' },
  'nothing-to-practise': {
    en: 'No question fits this choice, so there is nothing to practise. Choose something else.',
    'zh-CN': '没有符合此条件的题目可以练习，请换一个条件。',
  },
  'grade-refused': {
    en: 'A wrong answer counts as Again: any other grade would make the schedule wait too long. Grade it Again.',
    'zh-CN': '答错只能评为“重来”：其他评级会让下次复习来得太晚。请选择“重来”。',
  },
  'search-unreadable': {
    en: 'The search “{search}” cannot be read at character {at}: {what}. Correct it and try again.',
    'zh-CN': '搜索“{search}”在第 {at} 个字符处无法识别：{what}。请更正后重试。',
  },
  'too-few-reviews': {
    en: 'There are {reviews} reviews to learn from, and a fit needs {needed}. Go on reviewing; the parameters that FSRS comes with serve well until then.',
    'zh-CN':
      '目前有 {reviews} 次复习可供学习，优化至少需要 {needed} 次。请继续复习，在此之前 FSRS 自带的参数就很好用。',
  },
  'fit-not-ready': {
    en: 'There is no finished fit to apply. Start one first.',
    'zh-CN': '还没有可以应用的优化结果，请先运行一次优化。',
  },
  'fit-not-better': {
    en: 'The fitted parameters predict no better than those in use, so they were not applied.',
    'zh-CN': '优化出的参数并不比现在的更准，因此没有应用。',
  },
  'stale-answer': {
    en: 'This question has been answered in another window in the meantime. Go on with the next one.',
    'zh-CN': '这道题已在另一个窗口中作答，请继续下一题。',
  },
  'storage-full': {
    en: 'The disk is full, so this was not saved. Free some space in {dataDir} and try again.',
    'zh-CN': '磁盘已满，这次没有保存。请为 {dataDir} 腾出空间后重试。',
  },
  'storage-read-only': {
    en: 'The data folder {dataDir} cannot be written to, so this was not saved. Check its permissions.',
    'zh-CN': '数据文件夹 {dataDir} 无法写入，这次没有保存。请检查它的权限。',
  },
  'storage-failed': {
    en: 'The database in {dataDir} reported an error ({code}), so this was not saved. Check the disk and try again.',
    'zh-CN': '{dataDir} 中的数据库出错（{code}），这次没有保存。请检查磁盘后重试。',
  },
  'storage-in-use': {
    en: 'Slipway is already running on the data folder {dataDir}{where}. Use that window, or close it first.',
    'zh-CN': 'Slipway 已在使用数据文件夹 {dataDir}{where}。请使用那个窗口，或先将其关闭。',
  },
  'storage-newer': {
    en: 'The database {file} was written by a newer Slipway (version {found} of its format; this one knows {known}). It was left untouched. Update Slipway, or start it with another data folder.',
    'zh-CN':
      '数据库 {file} 由较新版本的 Slipway 写入（格式版本 {found}，本程序只支持到 {known}）。文件未被改动。请更新 Slipway，或换一个数据文件夹启动。',
  },
  'storage-foreign': {
    en: 'The file {file} is not a Slipway database, or it is damaged. It was left untouched. Move it away, or start Slipway with another data folder.',
    'zh-CN':
      '文件 {file} 不是 Slipway 的数据库，或者已经损坏。文件未被改动。请将它移走，或换一个数据文件夹启动 Slipway。',
  },
  'pack-broken': {
    en: 'The content pack in {folder} has {count} problem(s); the first: {first}',
    'zh-CN': '{folder} 中的内容包有 {count} 处问题，第一处：{first}',
  },
  internal: {
    en: 'Something went wrong inside Slipway ({id}). Nothing that was saved before is lost; slipway.log in the data folder has the details.',
    'zh-CN': 'Slipway 内部出错（{id}）。此前保存的内容没有丢失；详细信息见数据文件夹中的 slipway.log。',
  },
} as const satisfies Record<string, Localized>;

export type ErrorKind = keyof typeof errorTexts;

export interface AppError {
  readonly kind: ErrorKind;
  /** In English, for logs and other clients; a screen shows {@link errorText} in the learner's language. */
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What an error says in a language. */
export function errorText(error: Pick<AppError, 'kind' | 'params'>, locale: Locale): string {
  return errorTexts[error.kind][locale].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(error.params[name] ?? ''),
  );
}
