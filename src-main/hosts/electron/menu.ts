import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Events } from '#shared/contract/contract.ts';
import type { Locale, Localized } from '#shared/locale.ts';

const texts = {
  file: { en: 'File', 'zh-CN': '文件' },
  edit: { en: 'Edit', 'zh-CN': '编辑' },
  view: { en: 'View', 'zh-CN': '视图' },
  go: { en: 'Go', 'zh-CN': '前往' },
  window: { en: 'Window', 'zh-CN': '窗口' },
  help: { en: 'Help', 'zh-CN': '帮助' },
  settings: { en: 'Settings…', 'zh-CN': '设置…' },
  close: { en: 'Close window', 'zh-CN': '关闭窗口' },
  quit: { en: 'Quit Slipway', 'zh-CN': '退出 Slipway' },
  about: { en: 'About Slipway', 'zh-CN': '关于 Slipway' },
  services: { en: 'Services', 'zh-CN': '服务' },
  hide: { en: 'Hide Slipway', 'zh-CN': '隐藏 Slipway' },
  hideOthers: { en: 'Hide others', 'zh-CN': '隐藏其他' },
  showAll: { en: 'Show all', 'zh-CN': '全部显示' },
  undo: { en: 'Undo', 'zh-CN': '撤销' },
  redo: { en: 'Redo', 'zh-CN': '重做' },
  cut: { en: 'Cut', 'zh-CN': '剪切' },
  copy: { en: 'Copy', 'zh-CN': '复制' },
  paste: { en: 'Paste', 'zh-CN': '粘贴' },
  selectAll: { en: 'Select all', 'zh-CN': '全选' },
  undoStudy: { en: 'Take back the last study step', 'zh-CN': '撤回上一步学习操作' },
  redoStudy: { en: 'Do the study step again', 'zh-CN': '重做学习操作' },
  reload: { en: 'Reload', 'zh-CN': '重新加载' },
  zoomIn: { en: 'Zoom in', 'zh-CN': '放大' },
  zoomOut: { en: 'Zoom out', 'zh-CN': '缩小' },
  zoomReset: { en: 'Actual size', 'zh-CN': '实际大小' },
  fullScreen: { en: 'Full screen', 'zh-CN': '全屏' },
  devTools: { en: 'Developer tools', 'zh-CN': '开发者工具' },
  minimize: { en: 'Minimise', 'zh-CN': '最小化' },
  zoom: { en: 'Zoom', 'zh-CN': '缩放' },
  front: { en: 'Bring all to front', 'zh-CN': '前置全部窗口' },
  today: { en: 'Today', 'zh-CN': '今日' },
  lessons: { en: 'Lessons', 'zh-CN': '课程' },
  review: { en: 'Review', 'zh-CN': '复习' },
  lab: { en: 'Lab', 'zh-CN': '实验室' },
  cards: { en: 'Cards', 'zh-CN': '卡片' },
  progress: { en: 'Progress', 'zh-CN': '进度' },
  interviews: { en: 'Interviews', 'zh-CN': '面试' },
  glossary: { en: 'Glossary', 'zh-CN': '术语表' },
  search: { en: 'Search', 'zh-CN': '搜索' },
  keys: { en: 'Keyboard shortcuts', 'zh-CN': '键盘快捷键' },
} as const satisfies Record<string, Localized>;

type Command = Events['menu.chosen']['command'];

/** The application menu with the usual roles, in the learner's language. */
export function buildMenu(
  locale: Locale,
  choose: (command: Command) => void,
  platform: NodeJS.Platform = process.platform,
): MenuItemConstructorOptions[] {
  const text = (key: keyof typeof texts) => texts[key][locale];
  const role = (name: NonNullable<MenuItemConstructorOptions['role']>, key: keyof typeof texts) => ({
    role: name,
    label: text(key),
  });
  const command = (
    name: Command,
    key: keyof typeof texts,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    label: text(key),
    ...(accelerator ? { accelerator } : {}),
    click: () => choose(name),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings = command('settings', 'settings', 'CmdOrCtrl+,');
  const mac = platform === 'darwin';
  const appMenu: MenuItemConstructorOptions = {
    label: 'Slipway',
    submenu: [
      role('about', 'about'),
      separator,
      settings,
      separator,
      role('services', 'services'),
      separator,
      role('hide', 'hide'),
      role('hideOthers', 'hideOthers'),
      role('unhide', 'showAll'),
      separator,
      role('quit', 'quit'),
    ],
  };
  return [
    ...(mac ? [appMenu] : []),
    {
      label: text('file'),
      submenu: mac ? [role('close', 'close')] : [settings, separator, role('quit', 'quit')],
    },
    {
      label: text('edit'),
      submenu: [
        role('undo', 'undo'),
        role('redo', 'redo'),
        separator,
        role('cut', 'cut'),
        role('copy', 'copy'),
        role('paste', 'paste'),
        role('selectAll', 'selectAll'),
        separator,
        command('undo', 'undoStudy'),
        command('redo', 'redoStudy'),
      ],
    },
    {
      label: text('view'),
      submenu: [
        role('reload', 'reload'),
        separator,
        role('resetZoom', 'zoomReset'),
        role('zoomIn', 'zoomIn'),
        role('zoomOut', 'zoomOut'),
        separator,
        role('togglefullscreen', 'fullScreen'),
        role('toggleDevTools', 'devTools'),
      ],
    },
    {
      label: text('go'),
      submenu: [
        command('search', 'search', 'CmdOrCtrl+K'),
        separator,
        command('today', 'today', 'CmdOrCtrl+1'),
        command('lessons', 'lessons', 'CmdOrCtrl+2'),
        command('review', 'review', 'CmdOrCtrl+3'),
        command('lab', 'lab', 'CmdOrCtrl+4'),
        command('cards', 'cards', 'CmdOrCtrl+5'),
        command('progress', 'progress', 'CmdOrCtrl+6'),
        command('interviews', 'interviews', 'CmdOrCtrl+7'),
        command('glossary', 'glossary', 'CmdOrCtrl+8'),
      ],
    },
    {
      label: text('window'),
      submenu: [
        role('minimize', 'minimize'),
        role('zoom', 'zoom'),
        ...(mac ? [separator, role('front', 'front')] : []),
      ],
    },
    {
      label: text('help'),
      submenu: [command('keys', 'keys'), ...(mac ? [] : [role('about', 'about')])],
    },
  ];
}

export function installMenu(locale: Locale, choose: (command: Command) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(buildMenu(locale, choose)));
}
