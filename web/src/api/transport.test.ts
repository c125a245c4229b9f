import { expect, it } from 'vitest';
import { Problem } from './problem.ts';
import { send, type Transport } from './transport.ts';

const url = 'http://127.0.0.1/o/midori/api/v1/registers/asset/records';

// A server as a list of answers; `null` is a lost connection. Not a mock of our code: of the network.
function network(answers: (Response | null)[]): { transport: Transport; seen: Request[] } {
  const seen: Request[] = [];
  const transport: Transport = {
    language: () => 'ja',
    wait: () => Promise.resolve(),
    key: () => `key-${seen.length}`,
    fetch: (request) => {
      seen.push(request);
      const answer = answers[seen.length - 1];
      return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('network'));
    },
  };
  return { transport, seen };
}

const problem = (status: number, body: object) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } });
const problemFrom = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof Problem ? error : null),
  );

it('repeats an unsafe request under the same key, so that nothing is written twice', async () => {
  const { transport, seen } = network([null, problem(503, {}), new Response('{}', { status: 201 })]);
  const answer = await send(new Request(url, { method: 'POST', body: '{"fields":{}}' }), transport);
  expect(answer.status).toBe(201);
  expect(seen.map((one) => one.headers.get('Idempotency-Key'))).toEqual(['key-0', 'key-0', 'key-0']);
  expect(await seen[2]?.text()).toBe('{"fields":{}}');
});

it('gives up after three tries and says that the connection is lost', async () => {
  const { transport, seen } = network([null, null, null, null]);
  expect((await problemFrom(send(new Request(url), transport)))?.kind).toBe('offline');
  expect(seen).toHaveLength(3);
});

it('does not repeat what was refused, and tells fields and reference', async () => {
  const { transport, seen } = network([
    problem(422, {
      type: '/problems/invalid',
      title: '入力に誤りがあります',
      detail: '直してください',
      instance: '7F3A-21',
      errors: [
        { field: 'code', detail: '使われています' },
        { field: 'code', detail: '二つ目' },
      ],
    }),
  ]);
  const found = await problemFrom(send(new Request(url, { method: 'POST' }), transport));
  expect(seen).toHaveLength(1);
  expect(found).toMatchObject({ kind: 'invalid', code: 'invalid', detail: '直してください', reference: '7F3A-21' });
  expect(found?.byField()).toEqual({ code: '使われています' });
});

it('makes a problem of an answer that is none', async () => {
  const { transport } = network([new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html', 'X-Request-Id': 'abc' } })]);
  expect(await problemFrom(send(new Request(url), transport))).toMatchObject({ kind: 'internal', code: 'http_502', reference: 'abc' });
});

it('asks in the language of the page and needs no key for reading', async () => {
  const { transport, seen } = network([new Response('{}')]);
  await send(new Request(url), transport);
  expect(seen[0]?.headers.get('Accept-Language')).toBe('ja');
  expect(seen[0]?.headers.has('Idempotency-Key')).toBe(false);
});
