import { expect, it } from 'vitest';
import type { ServerRequest } from './http.ts';
import { webHandler } from './web.ts';

const text = async (request: ServerRequest) => {
  let all = '';
  for await (const chunk of request.body) all += new TextDecoder().decode(chunk);
  return all;
};
async function* parts(...all: string[]) {
  for (const part of all) yield new TextEncoder().encode(part);
}

it('a web request reaches the handler unchanged, with a Host header added', async () => {
  const requests: ServerRequest[] = [];
  const fetch = webHandler(async (request) => {
    requests.push(request);
    return { status: 200, headers: {}, body: await text(request) };
  });
  const response = await fetch(
    new Request('https://h.example/a%2Fb?c', { method: 'put', body: 'data', headers: { 'X-A': '1' } }),
  );
  expect(await response.text()).toBe('data');
  expect(requests[0]).toMatchObject({ method: 'PUT', headers: { 'x-a': '1', host: 'h.example' } });
  expect(requests[0]?.url.href).toBe('https://h.example/a%2Fb?c');
});

it.each([
  ['text', 'abc', 'abc'],
  ['bytes', new TextEncoder().encode('abc'), 'abc'],
  ['a stream', { stream: parts('a', 'bc'), length: 3 }, 'abc'],
  ['nothing', undefined, ''],
])('a response of %s is returned', async (_what, body, expected) => {
  const response = await webHandler(async () => ({ status: 200, headers: { 'X-B': '2' }, body }))(
    new Request('http://h/'),
  );
  expect(response.headers.get('x-b')).toBe('2');
  expect(await response.text()).toBe(expected);
});

it('a stream of known length has a Content-Length header', async () => {
  const response = await webHandler(async () => ({
    status: 200,
    headers: {},
    body: { stream: parts('abc'), length: 3 },
  }))(new Request('http://h/'));
  expect(response.headers.get('content-length')).toBe('3');
});

it.each([204, 304])('status %i and HEAD carry no body', async (status) => {
  const fetch = webHandler(async () => ({ status, headers: {}, body: 'x' }));
  expect((await fetch(new Request('http://h/'))).body).toBeNull();
  const head = webHandler(async () => ({ status: 200, headers: {}, body: 'x' }));
  expect((await head(new Request('http://h/', { method: 'HEAD' }))).body).toBeNull();
});

it('cancelling the body ends the stream; an error in the stream fails the body', async () => {
  let ended = false;
  async function* endless() {
    try {
      for (;;) yield new Uint8Array(10);
    } finally {
      ended = true;
    }
  }
  const response = await webHandler(async () => ({ status: 200, headers: {}, body: { stream: endless() } }))(
    new Request('http://h/'),
  );
  const reader = response.body!.getReader();
  await reader.read();
  await reader.cancel();
  expect(ended).toBe(true);
  async function* broken() {
    yield new Uint8Array(1);
    throw new Error('disk');
  }
  const failing = await webHandler(async () => ({ status: 200, headers: {}, body: { stream: broken() } }))(
    new Request('http://h/'),
  );
  await expect(failing.arrayBuffer()).rejects.toThrow('disk');
});
