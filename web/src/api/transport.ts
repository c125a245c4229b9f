// One request to the API, with what every request needs: the language, a key that makes unsafe methods safe to repeat, and
// repetition where nothing can happen twice.
import type { Language } from '../words/formats.ts';
import { offline, Problem, problemOf } from './problem.ts';

export interface Transport {
  fetch: (request: Request) => Promise<Response>; // the browser's, or a test's
  language: () => Language;
  wait: (milliseconds: number) => Promise<void>;
  key: () => string; // a new random key
}

const pauses = [300, 1200];
const safe: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const keyHeader = 'Idempotency-Key';

export const browserTransport = (language: () => Language): Transport => ({
  fetch: (request) => fetch(request),
  language,
  wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  key: () => crypto.randomUUID(),
});

function prepared(request: Request, { language, key }: Transport): Request {
  const headers = new Headers(request.headers);
  headers.set('Accept-Language', language());
  if (!safe.has(request.method) && !headers.has(keyHeader)) headers.set(keyHeader, key());
  return new Request(request, { headers, credentials: 'same-origin' });
}

// Every unsafe request carries a key, so all may be repeated when no answer came or the server was busy.
function worthRepeating(problem: Problem): boolean {
  return problem.kind === 'offline' || problem.kind === 'busy';
}

async function once(request: Request, transport: Transport): Promise<Response> {
  let response: Response;
  try {
    response = await transport.fetch(request.clone());
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw offline();
  }
  if (response.ok || response.status === 304) return response;
  throw await problemOf(response);
}

// Throws Problem for everything that is no success.
export async function send(request: Request, transport: Transport): Promise<Response> {
  const ready = prepared(request, transport);
  for (const pause of pauses) {
    try {
      return await once(ready, transport);
    } catch (error) {
      if (!(error instanceof Problem) || !worthRepeating(error)) throw error;
      await transport.wait(pause);
    }
  }
  return once(ready, transport);
}
