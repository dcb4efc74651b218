/** Addresses, file content and pages of a replay that a log cannot contain. */
import { describe, expect, it } from 'vitest';
import type { ServerResponse } from '../../core/http.ts';
import { createReplay, type RecordedAnswer } from './replay.ts';

const recorded = (
  method: string,
  url: string,
  response: Partial<NonNullable<RecordedAnswer['response']>> = {},
): RecordedAnswer => ({
  time: 1_700_000_000_000,
  request: { method, url },
  response: { status: 200, headers: {}, ...response },
});

const replayOf = (exchanges: readonly RecordedAnswer[]) => {
  const { handler } = createReplay(exchanges);
  return (path: string, method = 'GET'): Promise<ServerResponse> =>
    handler({
      method,
      url: new URL(path, 'http://127.0.0.1:9'),
      headers: {},
      body: (async function* () {})(),
    });
};

async function size({ body }: ServerResponse): Promise<number> {
  if (typeof body !== 'object' || !('stream' in body)) return -1;
  let bytes = 0;
  for await (const chunk of body.stream) bytes += chunk.length;
  return bytes;
}

describe('a replay', () => {
  it('sends no client to the hosts of the recording, even if only the host of an address was recorded', async () => {
    const request = replayOf([
      recorded('GET', 'https://graph.microsoft.com/v1.0/me/drive', {
        headers: { Location: 'https://elsewhere.example/***' },
        body: '{"@odata.nextLink":"https://graph.microsoft.com/v1.0/x?page=2","uploadUrl":"https://up.example/***"}',
      }),
    ]);
    const { body, headers } = await request('/v1.0/me/drive');
    expect([body, headers['Location']]).toEqual([
      '{"@odata.nextLink":"http://127.0.0.1:9/v1.0/x?page=2","uploadUrl":"http://127.0.0.1:9/***"}',
      'http://127.0.0.1:9/***',
    ]);
  });

  it('matches a redacted address to the redacted ones of the log, in their order, and to no other', async () => {
    const request = replayOf([
      recorded('GET', 'https://graph.microsoft.com/v1.0/me', { body: 'me' }),
      recorded('GET', 'https://a.example/download/***', { body: 'first' }),
      recorded('GET', 'https://b.example/download/***', { body: 'second' }),
    ]);
    expect([(await request('/***')).body, (await request('/***')).body]).toEqual(['first', 'second']);
    expect((await request('/***')).status).toBe(501);
    expect((await request('/v1.0/me')).body).toBe('me');
  });

  it('returns zeros of the recorded length as content, and an empty body if there was none', async () => {
    const headers = { 'content-length': '3000000' };
    const request = replayOf([
      recorded('GET', 'https://a.example/f', { headers }),
      recorded('HEAD', 'https://a.example/f', { headers }),
      recorded('DELETE', 'https://a.example/f', { status: 204 }),
    ]);
    expect(await size(await request('/f'))).toBe(3_000_000);
    expect((await request('/f', 'HEAD')).body).toBe('');
    expect((await request('/f', 'DELETE')).body).toBe('');
  });

  it('redirects a browser back to this machine with a code, and nowhere else', async () => {
    const request = replayOf([]);
    const page = (back: string) =>
      request(`/common/oauth2/v2.0/authorize?client_id=a&state=s&redirect_uri=${encodeURIComponent(back)}`);
    expect((await page('http://localhost:53682/')).headers['Location']).toBe(
      'http://localhost:53682/?code=replayed&state=s',
    );
    for (const back of ['https://evil.example/', 'http://localhost.evil.example/', 'no address'])
      expect((await page(back)).status).toBe(501);
  });
});
