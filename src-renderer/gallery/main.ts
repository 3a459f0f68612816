import '@fontsource-variable/inter';
import '@fontsource-variable/noto-sans-sc';
import '@fontsource-variable/jetbrains-mono';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/fields.css';
import '../ui/tables.css';
import { mount } from 'svelte';
import { core } from './core-stand-in.ts';

const target = document.getElementById('app');
if (!target) throw new Error('gallery.html has no #app');

// The client of the API looks for a bridge as soon as it is loaded.
Object.defineProperty(window, 'slipway', { value: core });
const [{ default: Gallery }, { settings }] = await Promise.all([
  import('./Gallery.svelte'),
  import('../state/settings.svelte.ts'),
]);
// Nothing is shown before its language is there, as in the app.
await settings.load();
mount(Gallery, { target });
