// Makes the files that browsers get from our modules and from npm packages, and with --check says whether the committed
// ones are what the sources make. A bundle.json beside the room's files lists them as [{"from", "to"}], by paths from there:
//   {"from": "client/chat.js", "to": "assets/chat.js"}              our module with all that it imports, minified
//   {"from": "npm:htmx.org/dist/htmx.js", "to": "assets/htmx.js"}   one file of a package, minified, its names kept
// Beside TO stands TO.LICENSE.txt with the licence of each package in it.
// usage: node tools/bundle.mjs [--check] [FOLDER…]   (FOLDERs: internal and law)
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = path.join(root, 'node_modules');
const target = 'es2020'; // Tor Browser, and telephones some years old

/** @typedef {{from: string, to: string}} Row */

/**
 * What one row makes: texts by file.
 * @param {Row} row @param {string} folder that its paths start from
 * @returns {Promise<Record<string, string>>}
 */
export async function make({ from, to }, folder) {
  if (!from || !to) throw new Error('wants from and to');
  const out = path.join(folder, to);
  let code, inputs;
  if (from.startsWith('npm:')) {
    const file = path.join(modules, from.slice('npm:'.length));
    ({ code } = await transform(readFileSync(file, 'utf8'), { minify: true, target, legalComments: 'none' }));
    inputs = [file];
  } else {
    const made = await build({
      entryPoints: [path.join(folder, from)], absWorkingDir: root, nodePaths: [modules], bundle: true, format: 'esm',
      minify: true, target, charset: 'utf8', legalComments: 'none', write: false, metafile: true, logLevel: 'silent',
    });
    code = /** @type {{text: string}} */ (made.outputFiles[0]).text;
    inputs = Object.keys(made.metafile.inputs).map((f) => path.resolve(root, f));
  }
  const names = [...new Set(inputs.flatMap((f) => packageOf(f) ?? []))].sort();
  if (names.length === 0) return { [out]: code };
  const licences = names.map((name) => licence(name));
  const banner = `/*! ${licences.map((l) => l.title).join(', ')}: ${path.basename(out)}.LICENSE.txt */\n`;
  return { [out]: banner + code, [`${out}.LICENSE.txt`]: licences.map((l) => `${l.title}\n\n${l.text}`).join(`\n${'-'.repeat(72)}\n\n`) };
}

/** The npm package that a file belongs to, or undefined for our own. @param {string} file */
function packageOf(file) {
  const parts = path.relative(modules, file).split(path.sep);
  if (parts[0] === '..') return undefined;
  return parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1).join('/');
}

/** @param {string} name of a package */
function licence(name) {
  const folder = path.join(modules, name);
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
  if (!file) throw new Error(`package ${name} has no licence file to go with it`);
  return { title: `${name} ${version}`, text: `${readFileSync(path.join(folder, file), 'utf8').trim()}\n` };
}

/**
 * Makes, or compares, all that the bundle.json files in a folder list.
 * @param {string} folder @param {{check?: boolean}} [how]
 * @returns {Promise<{made: string[], stale: string[]}>} stale: those that differ from what is committed
 */
export async function bundleAll(folder, { check = false } = {}) {
  /** @type {string[]} */
  const made = [];
  /** @type {string[]} */
  const stale = [];
  const lists = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((f) => path.basename(f) === 'bundle.json' && !f.split(path.sep).includes('node_modules')).sort();
  for (const list of lists) {
    const file = path.join(folder, list);
    /** @type {Row[]} */
    const rows = JSON.parse(readFileSync(file, 'utf8'));
    for (const [i, row] of rows.entries()) {
      const texts = await make(row, path.dirname(file)).catch((e) => {
        throw new Error(`${path.relative(root, file)}: row ${i + 1}: ${e.message}`, { cause: e });
      });
      for (const [out, text] of Object.entries(texts)) {
        const name = path.relative(root, out);
        made.push(name);
        if (existsSync(out) && readFileSync(out, 'utf8') === text) continue;
        stale.push(name);
        if (check) continue;
        await mkdir(path.dirname(out), { recursive: true });
        writeFileSync(out, text);
      }
    }
  }
  return { made, stale };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const check = args.includes('--check');
  const given = args.filter((a) => !a.startsWith('--')).map((a) => path.resolve(a));
  const folders = given.length > 0 ? given : ['internal', 'law'].map((f) => path.join(root, f));
  try {
    const all = await Promise.all(folders.map((folder) => bundleAll(folder, { check })));
    const made = all.flatMap((a) => a.made), stale = all.flatMap((a) => a.stale);
    for (const name of made) console.log(stale.includes(name) ? (check ? 'stale   ' : 'written ') : 'as made ', name);
    if (made.length === 0) console.log('no bundle.json lists anything');
    if (check && stale.length > 0) {
      console.error('bundle: run "make bundle" and commit what it writes');
      process.exitCode = 1;
    }
  } catch (e) {
    console.error(`bundle: ${/** @type {Error} */ (e).message}`);
    process.exitCode = 1;
  }
}
