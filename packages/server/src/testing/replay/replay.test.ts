/** What a replay makes of addresses, contents and pages that a log cannot hold. */
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

const asking = (exchanges: readonly RecordedAnswer[]) => {
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
  it('sends nobody to the hosts of the recording, also not where only the host was left of an address', async () => {
    const ask = asking([
      recorded('GET', 'https://graph.microsoft.com/v1.0/me/drive', {
        headers: { Location: 'https://elsewhere.example/***' },
        body: '{"@odata.nextLink":"https://graph.microsoft.com/v1.0/x?page=2","uploadUrl":"https://up.example/***"}',
      }),
    ]);
    const { body, headers } = await ask('/v1.0/me/drive');
    expect([body, headers['Location']]).toEqual([
      '{"@odata.nextLink":"http://127.0.0.1:9/v1.0/x?page=2","uploadUrl":"http://127.0.0.1:9/***"}',
      'http://127.0.0.1:9/***',
    ]);
  });

  it('takes a redacted address for the redacted ones of the log, in their order, and for no other', async () => {
    const ask = asking([
      recorded('GET', 'https://graph.microsoft.com/v1.0/me', { body: 'me' }),
      recorded('GET', 'https://a.example/download/***', { body: 'first' }),
      recorded('GET', 'https://b.example/download/***', { body: 'second' }),
    ]);
    expect([(await ask('/***')).body, (await ask('/***')).body]).toEqual(['first', 'second']);
    expect((await ask('/***')).status).toBe(501);
    expect((await ask('/v1.0/me')).body).toBe('me');
  });

  it('gives zeros of the recorded length for contents, and nothing where there was nothing', async () => {
    const headers = { 'content-length': '3000000' };
    const ask = asking([
      recorded('GET', 'https://a.example/f', { headers }),
      recorded('HEAD', 'https://a.example/f', { headers }),
      recorded('DELETE', 'https://a.example/f', { status: 204 }),
    ]);
    expect(await size(await ask('/f'))).toBe(3_000_000);
    expect((await ask('/f', 'HEAD')).body).toBe('');
    expect((await ask('/f', 'DELETE')).body).toBe('');
  });

  it('leads a browser back to this machine with an answer, and nowhere else', async () => {
    const ask = asking([]);
    const page = (back: string) =>
      ask(`/common/oauth2/v2.0/authorize?client_id=a&state=s&redirect_uri=${encodeURIComponent(back)}`);
    expect((await page('http://localhost:53682/')).headers['Location']).toBe(
      'http://localhost:53682/?code=replayed&state=s',
    );
    for (const back of ['https://evil.example/', 'http://localhost.evil.example/', 'no address'])
      expect((await page(back)).status).toBe(501);
  });
});
