import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..', '..');
export const contentDir = join(projectRoot, 'content');
export const loopbackHost = join(projectRoot, 'src-main', 'hosts', 'loopback', 'main.ts');
