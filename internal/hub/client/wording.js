// Checks the words of a text here on the device: nothing of it is sent. Without this script the form can be posted, by a
// choice that says so.
import { find } from './wordingfind.js';

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {import('./wordingfind.js').Wording & {told: Record<string, string>, kinds: Record<string, string>}} */
const data = JSON.parse(at('data').textContent ?? '');
const form = /** @type {HTMLFormElement} */ (at('check')), field = /** @type {HTMLTextAreaElement} */ (at('text'));
const blank = /** @type {HTMLTemplateElement} */ (at('one')).content;

document.getElementById('sending')?.remove();
form.hidden = false;
at('here').hidden = false;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = field.value;
  if (!text.trim()) {
    field.focus();
    return;
  }
  show(text);
  at('result').hidden = false;
  at('result').scrollIntoView(); // below the bar, as the style says
  at('result').focus({ preventScroll: true });
});

/** @param {string} text */
function show(text) {
  const { marks, told } = find(data, text);
  let last = 0;
  /** @type {(string | Node)[]} */
  const parts = [];
  /** @type {Map<import('./wordingfind.js').Rule, string[]>} */
  const found = new Map();
  for (const { rule, start, end } of marks) {
    const mark = document.createElement('mark'), word = text.slice(start, end), words = found.get(rule) ?? [];
    mark.className = rule.kind;
    mark.textContent = word;
    parts.push(text.slice(last, start), mark);
    last = end;
    if (!words.includes(word)) words.push(word);
    found.set(rule, words);
  }
  parts.push(text.slice(last));
  at('marked').replaceChildren(...parts);
  at('found').replaceChildren(...[...found].map(([rule, words]) => item(rule, words)));
  at('none').hidden = found.size > 0;
  at('untold').hidden = told.length > 0;
  at('told').replaceChildren(...told.map(({ id, words }) => line(`${data.told[id]}: ${words.join(', ')}`)));
}

/** @param {string} text */
function line(text) {
  const li = document.createElement('li');
  li.textContent = text;
  return li;
}

/** @param {import('./wordingfind.js').Rule} rule @param {string[]} words */
function item(rule, words) {
  const li = /** @type {DocumentFragment} */ (blank.cloneNode(true));
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (li.querySelector(`[data-part=${name}]`));
  part('kind').textContent = data.kinds[rule.kind];
  part('words').textContent = words.map((w) => `“${w}”`).join(', ');
  part('use').textContent = `→ ${rule.use}`;
  part('why').textContent = rule.why;
  part('ask').replaceChildren(...rule.ask.map(line));
  part('sources').textContent = rule.sources.join(' · ');
  return li;
}
