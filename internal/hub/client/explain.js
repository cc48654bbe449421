// An example, laid beside the law by its program, here on the page: what it shows is worked out anew, and again when the
// reader changes an answer. Without this script the same page shows what the server worked out.
import { assess } from '../../../law/browser/law.js';
import { when } from '../../../law/browser/span.js';

/**
 * @typedef {Record<string, number>} Told answers by question, as law.js reads them
 * @typedef {{law: import('../../../law/browser/check.js').Program, words: Record<string, string>,
 *   journey: {person: Told, episodes: {facts: Told, from?: string, until?: string}[], complete?: boolean, asOf: string}}} Case
 * @typedef {Told[]} Patch answers to change: those about the person, then those of each episode
 */

/** @param {ParentNode} under @param {string} where @returns {HTMLElement[]} */
const all = (under, where) => [...under.querySelectorAll(where)].map((e) => /** @type {HTMLElement} */ (e));
/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Case} */
const { law, words, journey } = JSON.parse(at('case').textContent ?? '');
const scenes = all(document, '.scene');

// Each element that is shown is asked as if it were a rule of its own.
const elements = [...new Set(all(document, '[data-op]').map((e) => Number(e.dataset.op)))]
  .map((op) => ({ id: `#${op}`, scope: 'episode', body: op, date: -1 }));
const program = { ...law, rules: [...law.rules, ...elements] };

/** The journey with some answers otherwise. @param {Patch} patch */
const changed = (patch) => ({
  ...journey, person: { ...journey.person, ...patch[0] },
  episodes: journey.episodes.map(({ facts, from, until }, i) => ({ facts: { ...facts, ...patch[i + 1] }, when: when(from, until) })),
});

/** @param {string} prefix @param {HTMLElement} where @param {string} status */
function say(prefix, where, status) {
  where.dataset.status = status;
  where.textContent = words[`${prefix}.${status}`];
}

/** Shows what the law says of the journey so changed, and gives it by "scene/rule". @param {Patch} patch */
function show(patch) {
  const told = changed(patch);
  /** @type {Record<string, string>} */
  const found = {};
  /** @type {Record<string, boolean>} */
  const kinds = {};
  for (const { rule, episode, status } of assess(program, told).findings) {
    found[`${episode}/${rule}`] = status;
    const kind = law.rules.find(({ id }) => id === rule)?.kind;
    if (kind && status === 'established' && episode >= 0) kinds[kind] = true;
  }
  scenes.forEach((scene, i) => {
    for (const e of all(scene, '[data-rule]')) {
      const status = found[`${i}/${e.dataset.rule}`], word = e.querySelector('h3 [data-status]');
      if (word instanceof HTMLElement) say('status', word, status);
      else e.hidden = status !== 'established';
    }
    for (const e of all(scene, '[data-op]')) {
      let status = found[`${i}/#${e.dataset.op}`];
      if (e.className === 'note') { // it weighs only where the act itself is made out
        const rule = /** @type {HTMLElement} */ (e.closest('[data-rule]')).dataset.rule;
        if (!['established', 'conflict'].includes(found[`${i}/${rule}`])) status = 'open';
      }
      say('element', /** @type {HTMLElement} */ (e.querySelector('[data-status]')), status);
      if (e.className === 'note') e.hidden = status !== 'established';
    }
    for (const e of all(scene, '[data-fact]')) {
      const facts = 'person' in e.dataset ? told.person : told.episodes[i].facts;
      e.textContent = words[`answer.${facts[e.dataset.fact ?? ''] ?? 0}`];
    }
  });
  const shape = kinds.smuggling ? kinds.trafficking ? 'both' : 'moving' : kinds.trafficking ? 'using' : 'neither';
  for (const e of all(at('shape'), '[data-shape]')) e.hidden = e.dataset.shape !== shape;
  at('beside').hidden = !kinds.documents && !kinds.labor;
  at('example').dataset.shape = shape;
  return found;
}

const before = show([]);
const shapeAsFound = at('example').dataset.shape;

// The guess is kept by nobody.
at('guess').addEventListener('change', (event) => {
  const { value } = /** @type {HTMLInputElement} */ (event.target);
  at('match').textContent = words[value === shapeAsFound ? 'same' : 'other'];
});

// What might have been otherwise: a choice, in place of the server's answers.
const ifs = at('ifs'), choices = document.createElement('fieldset'), now = document.createElement('div');
const legend = document.createElement('legend');
legend.textContent = ifs.querySelector('h2')?.textContent ?? '';
choices.append(legend);
now.setAttribute('role', 'status');

/** Shows the journey so changed, and says what differs from what was found. @param {Patch} patch @param {string} [also] */
function change(patch, also = '') {
  const after = show(patch), list = document.createElement('ul');
  for (const e of all(document, '.scene article, .scene .besides li')) {
    const key = `${e.closest('section')?.dataset.scene}/${e.dataset.rule}`, title = e.querySelector('[data-title]')?.textContent;
    const differs = after[key] !== before[key];
    e.classList.toggle('changed', differs);
    if (!differs || e.tagName === 'LI' && before[key] !== 'established' && after[key] !== 'established') continue;
    const li = document.createElement('li');
    li.textContent = `${title}: ${words[`status.${before[key]}`]} → ${words[`status.${after[key]}`]}`;
    list.append(li);
  }
  const p = document.createElement('p'), more = document.createElement('p');
  p.textContent = list.childElementCount ? words.changed : words.unchanged;
  more.textContent = also;
  now.replaceChildren(...patch.length ? [p, list, more] : []);
}

/** @param {string} text @param {() => void} chosen */
function choice(text, chosen) {
  const label = document.createElement('label'), input = document.createElement('input');
  input.type = 'radio';
  input.name = 'if';
  input.autocomplete = 'off';
  input.addEventListener('change', () => {
    own.hidden = !label.contains(own) && own.previousElementSibling !== label;
    chosen();
  });
  label.append(input, ` ${text}`);
  choices.append(label);
  return input;
}

// One answer of the reader's own choice.
const own = document.createElement('div'), which = document.createElement('select'), answer = document.createElement('select');
const known = new Set();
scenes.forEach((scene, i) => {
  const group = document.createElement('optgroup');
  group.label = scene.querySelector('h2')?.textContent ?? '';
  for (const e of all(scene, '[data-fact]')) {
    const place = 'person' in e.dataset ? 0 : i + 1, key = `${place} ${e.dataset.fact}`;
    if (!known.has(key)) group.append(new Option(e.previousSibling?.textContent?.trim() ?? '', key));
    known.add(key);
  }
  which.append(group);
});
for (const a of [1, 2, 0]) answer.append(new Option(words[`answer.${a}`], `${a}`));
which.autocomplete = answer.autocomplete = 'off';
which.setAttribute('aria-label', words.which);
answer.setAttribute('aria-label', words.answer);
const ownChange = () => {
  const [place, fact] = which.value.split(' ');
  /** @type {Patch} */
  const patch = [{}, ...scenes.map(() => ({}))];
  patch[Number(place)][fact] = Number(answer.value);
  change(patch);
};
own.append(which, answer);
own.addEventListener('change', ownChange);
own.hidden = true;

choice(words.found, () => change([])).checked = true;
for (const e of all(ifs, '.if')) {
  choice(e.querySelector('summary')?.textContent ?? '', () => change(JSON.parse(e.dataset.patch ?? ''), e.querySelector('.also')?.textContent ?? ''));
}
choice(words.own, ownChange);
choices.append(own);
ifs.replaceChildren(choices, now);
