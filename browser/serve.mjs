// A tiny server on loopback, for the page that Exit leads to and for the harness's own tests.
import { createServer } from 'node:http';
import { once } from 'node:events';

/**
 * Serves fixed texts by path; anything else is 404. A name ending in .js is a script, .css a style, the rest a page. A
 * function answers by itself.
 * @param {Record<string, string | import('node:http').RequestListener>} pages
 * @param {Record<string, string>} [headers] sent with each
 */
export async function serve(pages, headers = {}) {
  const server = createServer((req, res) => {
    const name = new URL(req.url ?? '/', 'http://127.0.0.1').pathname;
    const kind = name.endsWith('.js') ? 'text/javascript' : name.endsWith('.css') ? 'text/css' : 'text/html';
    const page = pages[name];
    if (typeof page === 'function') return page(req, res);
    const text = page ?? (name === '/favicon.ico' ? '' : undefined); // Chromium asks for it unasked, once
    res.writeHead(text === undefined ? 404 : 200, { 'content-type': `${kind}; charset=utf-8`, 'cache-control': 'no-store', ...headers });
    return res.end(text ?? 'not found');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}/`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
