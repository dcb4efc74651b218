/** The judges at work: what they must find, and that every embedded OneDrive of a test is under them. */
import { describe, expect, it } from 'vitest';
import { jsonBody } from '../../packages/kit/src/http/bodies.ts';
import type { HttpRequest, Transport } from '../../packages/kit/src/http/transport.ts';
import { createOneDrive } from '../../packages/server/src/index.ts';
import { contractFile } from './contract.ts';
import { takeFindings } from './findings.ts';
import { judgedHandler } from './judged-handler.ts';
import { judgedRequests } from './judged-requests.ts';
import { createOneDrive as judgedOneDrive } from './judged-server.ts';

const answering: Transport = async () => ({ status: 200, headers: {}, body: nothing() });

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

async function sent(request: Pick<HttpRequest, 'method' | 'url'> & { readonly json?: unknown }) {
  const { json, ...rest } = request;
  const headers = json === undefined ? {} : { 'content-type': 'application/json' };
  const url = `https://graph.microsoft.com/v1.0${rest.url}`;
  await judgedRequests()(answering)({
    ...rest,
    url,
    headers,
    ...(json === undefined ? {} : { body: jsonBody(json) }),
  });
  return takeFindings();
}

it('every embedded OneDrive of a test is judged', () => expect(createOneDrive).toBe(judgedOneDrive));

describe.skipIf(contractFile() === undefined)('the judges', () => {
  it.each([
    ['an operation that is none', { method: 'GET', url: '/me/drive/rooot' }, 'no operation'],
    ['a query parameter', { method: 'GET', url: '/me/drive/root?$slect=id' }, '$slect'],
    ['a body that is missing', { method: 'PATCH', url: '/me/drive/items/1' }, 'needs a body'],
    ['a body where none goes', { method: 'GET', url: '/me/drive', json: {} }, 'takes no body'],
    ['a property', { method: 'PATCH', url: '/me/drive/items/1', json: { nome: 'x' } }, 'nome'],
    [
      'a member of a batch',
      {
        method: 'POST',
        url: '/$batch',
        json: { requests: [{ id: '1', method: 'PATCH', url: '/me/drive/items/1', body: { nome: 'x' } }] },
      },
      'nome',
    ],
  ])('of requests find %s', async (_, request, problem) => {
    expect((await sent(request)).join('\n')).toContain(problem);
  });

  it.each([
    { method: 'GET', url: '/me/drive/root:/a%20b:/children?$top=5&$select=id' },
    { method: 'PATCH', url: '/drives/b!1/items/1', json: { name: 'x', fileSystemInfo: {} } },
    { method: 'POST', url: '/me/drive/items/1/createLink', json: { type: 'view' } },
  ])('of requests let $method $url pass', async (request) => {
    expect(await sent(request)).toEqual([]);
  });

  it('of answers look into a batch', async () => {
    const responses = [{ id: '1', status: 200, headers: {}, body: { nome: 'x' } }];
    const handler = judgedHandler(async () => ({
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ responses }),
    }));
    async function* body() {
      yield new TextEncoder().encode(
        JSON.stringify({ requests: [{ id: '1', method: 'GET', url: '/me/drive/root' }] }),
      );
    }
    await handler({
      method: 'POST',
      url: new URL('https://graph.microsoft.com/v1.0/$batch'),
      headers: {},
      body: body(),
    });
    expect(takeFindings().join('\n')).toContain('nome');
  });
});
