// Runs `amparo demo` as a person would, and reads from its output where it stands.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** What is tested; AMPARO_PROGRAM names another. */
export const program = process.env.AMPARO_PROGRAM ?? path.join(root, 'bin/amparo');

/**
 * @typedef {{handle: string, role: string, passphrase: string}} Member an invented one
 * @typedef {object} Demo
 * @property {string} site address of the public site, ending in a slash
 * @property {string} desk address of the desk, ending in a slash
 * @property {Member[]} members
 * @property {string} data folder that holds all it wrote; gone after stop
 * @property {import('node:child_process').ChildProcess} process
 * @property {() => string} output all it has printed so far
 * @property {() => Promise<void>} stop as Ctrl-C does; rejects unless it ends by itself and cleanly
 */

/**
 * Reads the lines that the demo prints until `ready`.
 * @param {Iterable<string> | AsyncIterable<string>} lines
 * @returns {Promise<{site: string, desk: string, members: Member[]}>}
 */
export async function readiness(lines) {
  let site = '';
  let desk = '';
  /** @type {Member[]} */
  const members = [];
  for await (const line of lines) {
    const [word, first, second, ...rest] = line.split(' ');
    if (word === 'site') site = first ?? '';
    else if (word === 'desk') desk = first ?? '';
    else if (word === 'member') members.push({ handle: first ?? '', role: second ?? '', passphrase: rest.join(' ') });
    else if (line === 'ready') {
      for (const [name, address] of Object.entries({ site, desk })) {
        if (!/^http:\/\/127\.0\.0\.1:\d+\/$/.test(address)) throw new Error(`the demo is ready but names no address for its ${name}: "${address}"`);
      }
      return { site, desk, members };
    }
  }
  throw new Error('the demo ended before it was ready');
}

/**
 * Starts a demo of its own, on free ports, in a folder of its own.
 * @param {{command?: string, args?: string[], exitURL?: string, patience?: number}} [how] patience is in ms
 * @returns {Promise<Demo>}
 */
export async function startDemo({ command = program, args = [], exitURL = '', patience = 60_000 } = {}) {
  const data = await mkdtemp(path.join(tmpdir(), 'amparo-demo-'));
  const child = spawn(command, [...args, 'demo', '--listen', '127.0.0.1:0', '--desk', '127.0.0.1:0', '--data', data,
    ...(exitURL ? ['--exit-url', exitURL] : [])], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const gone = new Promise((resolve) => {
    child.once('error', (e) => { printed += `${e.message}\n`; resolve(e.message); });
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill); // no demo outlives the test that started it
  child.stderr.setEncoding('utf8').on('data', (text) => { printed += text; });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => { printed += `${line}\n`; });

  const end = async () => {
    process.off('exit', kill);
    await rm(data, { recursive: true, force: true });
  };
  const timer = setTimeout(kill, patience);
  try {
    const stands = await readiness(lines);
    child.stdout.resume(); // keep reading, or the pipe fills and the demo stands still
    return {
      ...stands, data, process: child,
      output: () => printed,
      stop: async () => {
        const late = setTimeout(kill, 15_000);
        if (child.exitCode === null) child.kill('SIGINT');
        const how = await gone;
        clearTimeout(late);
        await end();
        if (how !== 0) throw new Error(`the demo did not stop cleanly (${how}); it printed:\n${printed}`);
      },
    };
  } catch (cause) {
    kill();
    await gone;
    await end();
    throw new Error(`${command} demo: ${/** @type {Error} */ (cause).message}; it printed:\n${printed}`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
