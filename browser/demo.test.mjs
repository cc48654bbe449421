// Shows that the harness reads a demo rightly and does not wait for one that will not come.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startDemo } from './demo.mjs';

const fake = fileURLToPath(new URL('testdata/fake-demo.mjs', import.meta.url));
const start = (/** @type {string} */ how, more = {}) => startDemo({ command: process.execPath, args: [fake, how], ...more });

test('a demo that comes up is read and stopped', async () => {
  const demo = await start('well', { exitURL: 'http://127.0.0.1:9/' });
  assert.equal(demo.site, 'http://127.0.0.1:4001/');
  assert.equal(demo.desk, 'http://127.0.0.1:4002/');
  assert.deepEqual(demo.members, [{ handle: 'ana', role: 'advocate', passphrase: 'four invented words here' }]);
  assert.match(demo.output(), /demo --listen 127\.0\.0\.1:0 --desk 127\.0\.0\.1:0 --data \S+ --exit-url http:\/\/127\.0\.0\.1:9\//);
  assert.ok(existsSync(demo.data));
  await demo.stop();
  assert.ok(!existsSync(demo.data));
});

test('a demo that does not come up says what it printed', async () => {
  await assert.rejects(start('dies'), /ended before it was ready[^]*planted: the disk is full/);
  await assert.rejects(start('deskless'), /no address for its desk/);
  await assert.rejects(start('hangs', { patience: 500 }), /ended before it was ready[^]*not ready yet/);
  await assert.rejects(startDemo({ command: '/nonexistent/amparo' }), /ENOENT/);
});

test('a demo that does not stop cleanly is an error', async () => {
  const demo = await start('unclean');
  await assert.rejects(demo.stop(), /did not stop cleanly \(4\)/);
});
