// Serves a built folder as the product's server does: index.html for every page, hashed assets, the real policy.
import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { policy } from './policy.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

function isAsset(path) {
  return path.startsWith('/assets/') || path === '/theme.js' || path === '/icon.svg';
}

// `api(request, response)` answers what lies under /o/NAME/api/, or is left out.
export async function serve(folder, api) {
  const index = await readFile(join(folder, 'index.html'));
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://x').pathname);
    if (/^\/o\/[^/]+\/api\//.test(path)) return api ? api(request, response) : response.writeHead(404).end();
    if (!isAsset(path)) return response.writeHead(200, { 'Content-Type': types['.html'], 'Content-Security-Policy': policy }).end(index);
    const file = join(folder, path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
    return createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    server.closeAllConnections(); // an open event stream would keep it forever
    return new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}
