// Runs `go test -json` with the arguments given, prints a line for each package and, of those that fail, all they said;
// closes with how many tests passed and failed. Exits as go test does.
// usage: node tools/gotest.mjs [go test's arguments]
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** what each package printed so far, and how many tests it ran @type {Map<string, {said: string, tests: number}>} */
  #packages = new Map();

  /** @param {string} name */
  #of(name) {
    const p = this.#packages.get(name) ?? { said: '', tests: 0 };
    this.#packages.set(name, p);
    return p;
  }

  /** Takes one line of test2json and gives what to print. @param {string} line @returns {string[]} */
  take(line) {
    let e;
    try {
      e = JSON.parse(line);
    } catch {
      return [line];
    }
    const name = e.Package ?? e.ImportPath?.split(' ')[0]; // a build's output names the package with its test binary
    const p = this.#of(name);
    if (e.Output) p.said += e.Output;
    if (!['pass', 'fail', 'skip'].includes(e.Action)) return [];
    if (e.Test) {
      p.tests++;
      if (e.Action === 'pass') this.passed++;
      else if (e.Action === 'fail') this.failed++;
      else this.skipped++;
      return [];
    }
    const time = `${name}  ${e.Elapsed ?? 0}s`;
    if (e.Action === 'pass') return [`ok    ${time}  ${p.tests} tests`];
    if (e.Action === 'skip') return [];
    if (e.FailedBuild || p.tests === 0) this.failed++; // nothing ran, so no test has said so
    const culprit = e.FailedBuild?.split(' ')[0] ?? name; // it may be a package that this one imports
    const build = culprit === name ? '' : this.#of(culprit).said;
    return [build + p.said.replace(/^(=== .*|\s*--- (PASS|SKIP).*|PASS)\n/gm, ''), `FAIL  ${time}`];
  }
}

/** @param {Tally} t */
export const closing = (t) => `go: ${t.passed} passed, ${t.failed} failed, ${t.skipped} skipped`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tally = new Tally();
  const go = spawn('go', ['test', '-json', ...process.argv.slice(2)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { go.on('close', resolve); });
  for await (const line of createInterface({ input: go.stdout })) for (const l of tally.take(line)) console.log(l);
  process.exitCode = Number(await ended ?? 1);
  console.log(closing(tally));
}
