// A real `maru serve` of the sample organisation in a folder of its own. MARU_BINARY names the program, MARU_CATALOG its catalog.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const repository = new URL('../../', import.meta.url).pathname;
const binary = process.env.MARU_BINARY ?? join(repository, 'build/maru');
const environment = { ...process.env, MARU_CATALOG: process.env.MARU_CATALOG ?? join(repository, 'catalog') };

// The addresses that it prints when it listens: the organisation's, and the one-time link.
function addresses(child) {
  return new Promise((done, fail) => {
    let said = '';
    const hear = (chunk) => {
      said += chunk;
      const [, port, secret] = /:(\d+)\/o\/sample\/link#(\S+)/.exec(said) ?? [];
      if (secret) done({ port: Number(port), secret });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => fail(new Error(`maru serve ended: ${said}`)));
  });
}

export async function startSite() {
  const folder = mkdtempSync(join(tmpdir(), 'maru-web-'));
  const organisation = join(folder, 'sample');
  execFileSync(binary, ['init', organisation, '--sample'], { env: environment, stdio: 'ignore' });
  const child = spawn(binary, ['serve', organisation, '--listen', '127.0.0.1:0', '--link'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { port, secret } = await addresses(child);
  const stop = () => {
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  return { port, secret, stop };
}

// Hands requests on to it, so that the pages of dist/ and the API have one origin.
export function forwardTo(port) {
  return (incoming, outgoing) => {
    const onward = request(
      { host: '127.0.0.1', port, path: incoming.url, method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  };
}
