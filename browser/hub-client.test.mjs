// The parts of the visitor's script that need no page: sealing against Go's vectors, and a talk over a server that fails.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { Refused } from '../internal/hub/client/api.js';
import { fromBase64, newID, newToken, toBase64 } from '../internal/hub/client/bytes.js';
import { readEvents } from '../internal/hub/client/events.js';
import { bindingBytes, importKey, maxMessage, openText, sealText, sealTo } from '../internal/hub/client/seal.js';
import { Talk, Unsealable } from '../internal/hub/client/talk.js';

const read = (/** @type {string} */ file) => JSON.parse(readFileSync(new URL(`../internal/${file}`, import.meta.url), 'utf8'));
const vectors = read('hub/testdata/vectors.json'); // what the script sealed, for Go to open
const go = read('seal/testdata/seal-vectors.json'); // what Go sealed
const bytes = (/** @type {string} */ hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Opens a key that was sealed to the team's, as the team does. @param {string} secret the team's, in hex @param {import('../internal/hub/client/seal.js').Binding} binding @param {Uint8Array} sealed */
async function openAsTeam(secret, binding, sealed) {
  const recipientKey = await suite.kem.deserializePrivateKey(bytes(secret));
  return new Uint8Array(await suite.open({ recipientKey, enc: sealed.slice(1, 66), info: bindingBytes(binding) }, sealed.slice(66)));
}

/** A place as the file writes it; its number may be past what a JavaScript number holds. @param {any} p */
const place = (p) => ({ ...p, number: BigInt(p.number) });

test('bindings are what Go writes', () => {
  assert.ok(go.bindings.length > 0);
  for (const b of go.bindings) assert.equal(Buffer.from(bindingBytes(place(b.place))).toString('hex'), b.bytes);
});

test('what Go sealed opens, and nowhere else', async () => {
  assert.ok(go.messages.length > 0);
  for (const m of go.messages) {
    const key = await importKey(bytes(m.key)), sealed = bytes(m.sealed);
    assert.equal(await openText(key, place(m.place), sealed), m.plain);
    for (const [name, value] of Object.entries({ org: 'x', kind: 'x', owner: 'x', direction: 'x', number: 77, id: 'x', key: 'x' })) {
      await assert.rejects(openText(key, { ...place(m.place), [name]: value }, sealed), name);
    }
    for (const at of [0, 1, 12, 13, 100, sealed.length - 1]) {
      const damaged = sealed.slice();
      damaged[at] ^= 1;
      await assert.rejects(openText(key, place(m.place), damaged), `byte ${at}`);
    }
  }
  const e = go.envelope;
  assert.deepEqual(await openAsTeam(e.private, place(e.place), bytes(e.envelope)), bytes(e.secret));
});

test('messages have three lengths, and none above the last', async () => {
  const key = await importKey(bytes(vectors.key));
  for (const [n, padded] of /** @type {[number, number][]} */ ([[0, 512], [508, 512], [509, 2048], [2044, 2048], [2045, 8192], [maxMessage, 8192]])) {
    const sealed = await sealText(key, vectors.binding, 'a'.repeat(n));
    assert.equal(sealed.length, 1 + 12 + padded + 16);
    assert.equal((await openText(key, vectors.binding, sealed)).length, n);
  }
  await assert.rejects(sealText(key, vectors.binding, 'a'.repeat(maxMessage + 1)), RangeError);
});

test('a key sealed to the team opens there', async () => {
  const sealed = await sealTo(bytes(vectors.public), vectors.binding, bytes(vectors.key));
  assert.deepEqual(await openAsTeam(vectors.private, vectors.binding, sealed), bytes(vectors.key));
  await assert.rejects(openAsTeam(vectors.private, { ...vectors.binding, owner: 'x' }, sealed));
  assert.equal(sealed.length, bytes(vectors.envelopeByScript).length);
});

test('ids and tokens have the shape the hub asks for, and differ', () => {
  const ids = new Set(Array.from({ length: 500 }, newID));
  assert.equal(ids.size, 500);
  for (const id of ids) assert.match(id, /^[a-z2-7]{26}$/);
  assert.match(newToken(), /^[A-Za-z0-9_-]{43}$/);
  assert.notEqual(newToken(), newToken());
});

test('events are read whole, however the stream is cut', async () => {
  const text = ':\n\nid: 1\nevent: message\ndata: {"a":"ñ🙂"}\n\n:\n\nevent: place\ndata: {}\n\nevent: cut\ndata: {"never';
  const raw = new TextEncoder().encode(text);
  for (const size of [1, 2, 3, 7, 1000]) {
    let alive = 0;
    const body = new ReadableStream({
      start(c) {
        for (let i = 0; i < raw.length; i += size) c.enqueue(raw.slice(i, i + size));
        c.close();
      },
    });
    const got = [];
    for await (const e of readEvents(body, () => alive++)) got.push(e);
    assert.deepEqual(got, [{ event: 'message', data: '{"a":"ñ🙂"}' }, { event: 'place', data: '{}' }]);
    assert.equal(alive, Math.ceil(raw.length / size));
  }
});

/** A hub in a few lines, which fails as it is told to. */
class FakeHub {
  /** @type {any[]} */ opened = [];
  /** @type {any[]} */ kept = [];
  /** @type {string[]} */ calls = [];
  /** @type {Record<string, (Error | null)[]>} what the next calls of a name come to */ fails = {};
  keyID = 'kkkkkkkkkkkkkkkkkkkkkkkkkk';
  /** @type {((event: {event: string, data: string} | null) => void) | null} null ends the stream */ push = null;
  /** @type {number[]} */ afters = [];
  closed = false;

  /** @param {string} name */
  #call(name) {
    this.calls.push(name);
    const e = this.fails[name]?.shift();
    if (e) throw e;
  }
  async key() {
    this.#call('key');
    return { org: 'org', key: this.keyID, public: toBase64(bytes(vectors.public)) };
  }
  async open(/** @type {any} */ _visit, /** @type {any} */ o) {
    this.#call('open');
    if (o.key !== this.keyID) throw new Refused('conflict');
    this.opened.push(o);
    return null;
  }
  async say(/** @type {any} */ _visit, /** @type {any} */ m) {
    if (!this.kept.some((k) => k.id === m.id)) {
      if (this.fails.lost?.shift()) this.kept.push(m); // kept, and the receipt lost below
    }
    this.#call('say');
    if (!this.kept.some((k) => k.id === m.id)) {
      if (this.closed) throw new Refused('ended');
      this.kept.push(m);
    }
    return { seq: this.kept.length, at: '2026-01-01T00:00:00Z' };
  }
  async typing() { this.#call('typing'); return null; }
  async end() { this.#call('end'); return null; }
  async erase() { this.#call('erase'); return null; }
  leave() { this.calls.push('leave'); return true; }
  async *events(/** @type {any} */ _visit, /** @type {number} */ after) {
    this.#call('events');
    this.afters.push(after);
    while (true) {
      const event = await /** @type {Promise<{event: string, data: string} | null>} */ (new Promise((push) => { this.push = push; }));
      if (!event) return;
      yield event;
    }
  }
}

/** A talk with a fake hub, and a view that notes what it is told. */
function talkWith(hub = new FakeHub()) {
  /** @type {string[]} */
  const shown = [];
  /** @type {(() => void)[]} */
  const waiting = [];
  const view = {
    line: (/** @type {string} */ _id, /** @type {boolean} */ mine, /** @type {string | null} */ text) => { shown.push(`${mine ? 'mine' : 'team'} ${text}`); },
    mark: (/** @type {string} */ _id, /** @type {string} */ state, /** @type {string | undefined} */ detail) => { shown.push(state === 'failed' ? `failed ${detail}` : state); },
    place: (/** @type {any} */ p) => { shown.push(`place ${p.line}`); },
    typing: () => { shown.push('typing'); },
    lost: (/** @type {boolean} */ lost) => { shown.push(lost ? 'lost' : 'back'); },
    amiss: () => { shown.push('amiss'); },
    over: (/** @type {string} */ how) => { shown.push(`over ${how}`); },
  };
  const talk = new Talk({ door: 'help', lang: 'en', api: /** @type {any} */ (hub), view, wait: () => new Promise((go) => { waiting.push(() => go(null)); }) });
  return { hub, talk, shown, pass: () => waiting.shift()?.() };
}

/** Waits, turn by turn of the event loop, until something holds. @param {() => unknown} holds @param {string} what */
async function until(holds, what) {
  for (const end = performance.now() + 10_000; performance.now() < end;) {
    if (holds()) return;
    await new Promise((go) => setImmediate(go));
  }
  assert.fail(`never: ${what}`);
}

/** A message of the team's, or of the visitor's. @param {number} seq @param {number} turn @param {object} [more] */
const message = (seq, turn, more) => ({ event: 'message', data: JSON.stringify({ seq, from: 'team', turn, id: newID(), at: '', body: 'AQ==', ...more }) });
const closed = { event: 'place', data: '{"state":"closed"}' };

/** Sends an event of the stream and waits until it was heard. @param {FakeHub} hub @param {{event: string, data: string} | null} event */
async function push(hub, event) {
  const send = hub.push;
  hub.push = null;
  send?.(event);
  await until(() => hub.push || !event, 'heard');
}

const network = () => new TypeError('Failed to fetch');

test('nothing is asked of the hub before the first word', () => {
  const { hub, talk } = talkWith();
  assert.deepEqual(hub.calls, []);
  assert.equal(talk.live, false);
  talk.leave();
  assert.deepEqual(hub.calls, []);
});

test('words go sealed, in order, each once, and are sent only when kept', async () => {
  const { hub, talk, shown } = talkWith();
  await talk.say('one');
  await talk.say('two');
  await until(() => shown.filter((s) => s === 'sent').length === 2, 'both sent');
  assert.deepEqual(shown.slice(0, 2), ['mine one', 'sending']);
  assert.deepEqual(hub.kept.map((m) => m.turn), [1, 2]);
  const [{ envelope }] = hub.opened;
  assert.equal(fromBase64(envelope).length, 1 + 65 + 32 + 16);
  assert.ok(!JSON.stringify([hub.kept, hub.opened]).includes(btoa('one')));
  assert.equal(hub.calls.filter((c) => c === 'open').length, 1);
});

test('a lost receipt, a network that fails, then Try again: kept once, same bytes', async () => {
  const { hub, talk, shown, pass } = talkWith();
  hub.fails.say = [network(), network(), network()];
  hub.fails.lost = /** @type {any} */ ([true]);
  await talk.say('one');
  await until(() => { pass(); return shown.includes('failed unsent'); }, 'told that it was not sent');
  assert.equal(hub.calls.filter((c) => c === 'say').length, 3);
  assert.ok(!shown.includes('sent'));
  talk.again();
  await until(() => shown.includes('sent'), 'sent');
  assert.equal(hub.kept.length, 1);
});

test('no room: said so, and sent when there is', async () => {
  const { hub, talk, shown } = talkWith();
  hub.fails.say = [new Refused('full'), new Refused('full')];
  await talk.say('one');
  await talk.say('two');
  await until(() => shown.filter((s) => s === 'failed full').length === 2, 'no room'); // the second word tried the first again
  assert.equal(hub.kept.length, 0);
  talk.again();
  await until(() => hub.kept.length === 2, 'kept');
  assert.deepEqual(hub.kept.map((m) => m.turn), [1, 2]);
});

test('the queue key turns between load and open', async () => {
  const { hub, talk, shown } = talkWith();
  hub.fails.open = [null];
  const key = hub.key.bind(hub);
  hub.key = async () => { const k = await key(); hub.key = key; hub.keyID = 'llllllllllllllllllllllllll'; return k; };
  await talk.say('one');
  await until(() => shown.includes('sent'), 'sent');
  assert.equal(hub.opened[0].key, 'llllllllllllllllllllllllll');
});

test('a lost stream goes on where it was, and nothing is doubled', async () => {
  const { hub, talk, shown, pass } = talkWith();
  await talk.say('one');
  await until(() => hub.push, 'a stream');
  await push(hub, message(2, 1));
  await push(hub, message(3, 2));
  await push(hub, message(2, 1)); // a proxy repeats
  assert.equal(shown.filter((s) => s.startsWith('team')).length, 2);
  hub.fails.events = [network()];
  await push(hub, null);
  await until(() => { pass(); return hub.afters.length === 2; }, 'a new stream');
  assert.deepEqual(hub.afters, [0, 3]);
  await push(hub, message(4, 3));
  assert.ok(!shown.includes('amiss') && shown.includes('lost') && shown.includes('back'), String(shown));
  assert.equal(shown.filter((s) => s.startsWith('team')).length, 3);
  talk.leave();
});

test('a team message that comes twice, or whose like is missing, is not shown but told of', async () => {
  const { hub, talk, shown } = talkWith();
  const shows = () => shown.filter((s) => /^(team|amiss)/.test(s)).map((s) => s.slice(0, 4)).join(' ');
  await talk.say('one');
  await until(() => hub.push && shown.includes('sent'), 'a stream');
  const sent = hub.kept[0];
  await push(hub, message(1, 1, { from: 'visitor', id: sent.id }));
  const first = message(2, 1);
  await push(hub, first);
  assert.equal(shows(), 'team');
  await push(hub, { ...first, data: JSON.stringify({ ...JSON.parse(first.data), seq: 3 }) }); // the same, under a new number
  assert.equal(shows(), 'team amis');
  await push(hub, message(4, 3)); // the second was dropped
  assert.equal(shows(), 'team amis amis');
  await push(hub, message(5, 3, { from: 'visitor' })); // the visitor never said it
  assert.equal(shows(), 'team amis amis amis');
  await push(hub, message(6, 1, { from: 'nobody' }));
  assert.equal(shows(), 'team amis amis amis amis');
  await push(hub, message(7, 2));
  assert.equal(shows(), 'team amis amis amis amis team', 'what was missing is taken when it comes');
  talk.leave();
});

test('closed while a receipt was lost: what was kept is sent, what was not is not sent', async () => {
  for (const kept of [true, false]) {
    const { hub, talk, shown, pass } = talkWith();
    await talk.say('one');
    await until(() => hub.push && shown.includes('sent'), 'a stream');
    hub.fails.say = [network(), network(), network()];
    hub.fails.lost = /** @type {any} */ ([kept]);
    await talk.say('two');
    await until(() => { pass(); return shown.includes('failed unsent'); }, 'told that no receipt came');
    hub.closed = true;
    hub.push?.(closed);
    await until(() => shown.includes('over ended') && !/sending|unsent|over/.test(shown.at(-1) ?? ''), 'told what became of it');
    assert.equal(shown.at(-1), kept ? 'sent' : 'failed ended');
    assert.equal(hub.kept.length, kept ? 2 : 1);
  }
});

test('closed, and nobody answers what became of the last word: said so', async () => {
  const { hub, talk, shown, pass } = talkWith();
  await talk.say('one');
  await until(() => hub.push && shown.includes('sent'), 'a stream');
  hub.fails.say = Array.from({ length: 9 }, network);
  await talk.say('two');
  hub.push?.(closed);
  await until(() => { pass(); return shown.includes('failed unsure'); }, 'told that it cannot be told');
  assert.ok(!shown.includes('failed ended') && !shown.includes('failed unsent'), String(shown));
});

test('the team closes, or it is erased elsewhere: over, and said so once', async () => {
  for (const [event, how] of [[closed, 'ended'], [{ event: 'gone', data: '{}' }, 'gone']]) {
    const { hub, talk, shown } = talkWith();
    await talk.say('one');
    await until(() => hub.push && shown.includes('sent'), 'a stream');
    hub.push?.(/** @type {any} */ (event));
    await until(() => shown.includes(`over ${how}`), `over ${how}`);
    await assert.rejects(talk.say('late'), /ended/);
    talk.leave();
    assert.ok(!hub.calls.includes('leave'));
    await talk.erase();
    assert.equal(shown.at(-1), 'over erased');
  }
});

test('a browser that cannot seal sends nothing', async () => {
  const { hub, talk, shown } = talkWith();
  hub.key = async () => ({ org: 'org', key: hub.keyID, public: btoa('no point on the curve') });
  await assert.rejects(talk.say('one'), Unsealable);
  assert.deepEqual([hub.kept, hub.opened, shown], [[], [], []]);
  const later = talkWith();
  later.hub.fails.key = [network()];
  await assert.rejects(later.talk.say('one'), TypeError);
  await later.talk.say('one'); // the network is back
  await until(() => later.shown.includes('sent'), 'sent');
});

test('leaving tells the hub once', async () => {
  const { hub, talk, shown } = talkWith();
  await talk.say('one');
  await until(() => shown.includes('sent'), 'sent');
  assert.equal(talk.live, true);
  talk.leave();
  talk.leave();
  assert.equal(hub.calls.filter((c) => c === 'leave').length, 1);
  assert.ok(!shown.some((s) => s.startsWith('over')));
});
