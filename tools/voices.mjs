// Speaks the key pages into internal/hub/voice/TAG/PAGE.mp3 with espeak-ng and lame (Debian), until a person's voice takes
// their place. pages.json names the words of each page; voices.json, which this writes, holds a digest of what was spoken,
// so that a test finds a voice that says other words than the page.
// usage: node tools/voices.mjs
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const hub = fileURLToPath(new URL('../internal/hub/', import.meta.url));
const read = (/** @type {string} */ name) => JSON.parse(readFileSync(path.join(hub, name), 'utf8'));

/** espeak-ng's voice for each language; it has none for Tagalog. @type {Record<string, string>} */
const voices = { en: 'en-us', es: 'es-419', 'zh-Hans': 'cmn', vi: 'vi', pt: 'pt-br', ht: 'ht', ar: 'ar', ru: 'ru', uk: 'uk', fr: 'fr-fr', ko: 'ko' };

/** @type {Record<string, string[]>} */
const pages = read('voice/pages.json');
/** @type {Record<string, string>} */
const spoken = {};
for (const { Tag: tag } of read('words/languages.json')) {
  const voice = voices[tag];
  if (!voice) continue;
  /** @type {Record<string, string>} */
  const words = Object.assign({}, ...readdirSync(path.join(hub, 'words', tag)).filter((f) => f.endsWith('.json')).sort().map((f) => read(`words/${tag}/${f}`)));
  for (const [page, keys] of Object.entries(pages)) {
    const lines = ['voice.computer', ...keys].map((k) => words[k]);
    if (lines.some((l) => typeof l !== 'string')) continue; // the language has not the page
    const text = lines.join('\n\n');
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const name = `${tag}/${page}.mp3`;
    spoken[name] = digest;
    const before = existsSync(path.join(hub, 'voice/voices.json')) ? read('voice/voices.json') : {};
    const out = path.join(hub, 'voice', name);
    if (before[name] === digest && existsSync(out)) continue;
    mkdirSync(path.dirname(out), { recursive: true });
    const wave = execFileSync('espeak-ng', ['-v', voice, '-s', '140', '--stdout'], { input: text, maxBuffer: 1 << 28 });
    writeFileSync(out, execFileSync('lame', ['--silent', '-m', 'm', '--resample', '16', '-b', '16', '--noreplaygain', '-', '-'], { input: wave, maxBuffer: 1 << 26 }));
    console.log('spoken', name);
  }
}
writeFileSync(path.join(hub, 'voice/voices.json'), `${JSON.stringify(spoken, null, 2)}\n`);
