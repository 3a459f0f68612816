import '@fontsource-variable/inter';
import '@fontsource-variable/noto-sans-sc';
import '@fontsource-variable/jetbrains-mono';
import './ui/tokens.css';
import './ui/base.css';
import './ui/fields.css';
import './ui/tables.css';
import { mount } from 'svelte';
import './api/client.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

// Only now: the client must hear of a new address before the router does, and a module that waits, as that of the messages,
// lets others run before it.
const [{ default: App }, { settings }] = await Promise.all([
  import('./App.svelte'),
  import('./state/settings.svelte.ts'),
]);
// Nothing is shown before its language is there.
await settings.load();
mount(App, { target });
