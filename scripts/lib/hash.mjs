import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './paths.mjs';

/**
 * All files of the named files and folders, in an order that every machine agrees on.
 * @param {readonly string[]} names relative to the project; what does not exist is left out
 * @returns {string[]} with forward slashes
 */
function filesOf(names) {
  /** @type {string[]} */
  const files = [];
  /** @param {string} name */
  const visit = (name) => {
    if (!existsSync(inProject(name))) return;
    if (!statSync(inProject(name)).isDirectory()) files.push(name);
    else for (const entry of readdirSync(inProject(name))) visit(`${name}/${entry}`);
  };
  for (const name of names) visit(name);
  return files.sort();
}

/**
 * A fingerprint of files' names and bytes.
 * @param {readonly string[]} names relative to the project; folders are taken with all that is in them
 */
export function fingerprint(names) {
  const hash = createHash('sha256');
  for (const name of filesOf(names)) {
    const bytes = readFileSync(inProject(name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * The content of a stamp file, or undefined when there is none.
 * @param {...string} parts relative to the project
 */
export function readStamp(...parts) {
  const path = join(inProject(), ...parts);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}
