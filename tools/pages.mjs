// The public pages, as the program itself lists them: `amparo site list` prints a line "PATH KIND" for each.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { program } from '../browser/demo.mjs';

/**
 * @typedef {object} PublicPage
 * @property {string} path below the site, language first: "en/facts/c07"
 * @property {string} kind page, check (a self-check) or chat; file is no page (a recording, a table)
 * @property {string} lang
 */

/** @param {string} text what the command printed @returns {PublicPage[]} */
export function readPages(text) {
  const pages = text.split('\n').filter(Boolean).map((line, i) => {
    const [path, kind, ...rest] = line.split(' ');
    const lang = /^[A-Za-z-]+(?=\/)/.exec(path ?? '')?.[0];
    if (!path || !kind || !lang || rest.length > 0) throw new Error(`site list: line ${i + 1}: want "PATH KIND", PATH with its language first: ${line}`);
    return { path, kind, lang };
  });
  if (pages.length === 0) throw new Error('site list: it names no page');
  return pages;
}

/** @param {string} [command] @returns {Promise<PublicPage[]>} */
export async function publicPages(command = program) {
  const { stdout } = await promisify(execFile)(command, ['site', 'list']);
  return readPages(stdout);
}
