import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Events } from '#shared/contract/contract.ts';
import type { MenuText, MenuTexts } from '#main/core/host-texts.ts';

type Command = Events['menu.chosen']['command'];

/** The application menu with the usual roles, in the learner's language. */
export function buildMenu(
  texts: MenuTexts,
  choose: (command: Command) => void,
  platform: NodeJS.Platform = process.platform,
): MenuItemConstructorOptions[] {
  const text = (key: MenuText) => texts[key];
  const role = (name: NonNullable<MenuItemConstructorOptions['role']>, key: MenuText) => ({
    role: name,
    label: text(key),
  });
  const command = (name: Command, key: MenuText, accelerator?: string): MenuItemConstructorOptions => ({
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

export function installMenu(texts: MenuTexts, choose: (command: Command) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(buildMenu(texts, choose)));
}
