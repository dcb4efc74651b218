import { describe, expect, test } from 'vitest';
import { discard, readBytes, readJson, readText } from './read.ts';
import type { HttpResponse } from './transport.ts';

const came = (text: string | Uint8Array[], headers = {}, status = 200): HttpResponse => ({
  status,
  headers,
  body: (async function* () {
    if (typeof text === 'string') yield new TextEncoder().encode(text);
    else yield* text;
  })(),
});

describe('reading responses', () => {
  test('joins chunks, also in the middle of a character', async () => {
    const bytes = new TextEncoder().encode('größe');
    expect(await readText(came([bytes.subarray(0, 3), bytes.subarray(3)]))).toBe('größe');
  });

  test('parses JSON with or without a byte order mark', async () => {
    expect(await readJson(came('\uFEFF{"a":[1]}'))).toEqual({ a: [1] });
  });

  test.each([
    ['', {}, 'is empty'],
    [
      '<!DOCTYPE html><html><body>Sign in to the hotel network',
      { 'content-type': 'text/html' },
      'is a web page',
    ],
    ['{"value":[{"id":"1"},{"i', { 'content-type': 'application/json' }, 'is truncated'],
    ['Service Unavailable', { 'content-type': 'text/plain' }, 'has type text/plain'],
  ])('%j is an error that describes the response', async (text, headers, words) => {
    await expect(readJson(came(text, headers, 502))).rejects.toMatchObject({ code: 'protocol' });
    await expect(readJson(came(text, headers, 502))).rejects.toThrow(words);
    await expect(readJson(came(text, headers, 502))).rejects.toThrow('502');
  });

  test('the message quotes few characters and no token', async () => {
    const token = 'eyJ0eXAiOiJKV1QiLCJub25jZSI6IkFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUEi';
    const error = await readJson(came(`oops ${token} \u001b[31m${'word '.repeat(100)}`)).catch(
      (thrown: unknown) => thrown,
    );
    const message = (error as Error).message;
    expect(message).not.toContain(token.slice(0, 20));
    expect(message).not.toContain('\u001b');
    expect(message.length).toBeLessThan(220);
  });

  test('a body above the limit is an error, and reading stops', async () => {
    let given = 0;
    const endless: HttpResponse = {
      status: 200,
      headers: {},
      body: (async function* () {
        for (;;) {
          given += 1000;
          yield new Uint8Array(1000);
        }
      })(),
    };
    await expect(readBytes(endless, { limit: 10_000 })).rejects.toMatchObject({ code: 'protocol' });
    expect(given).toBe(11_000);
  });

  test('discarding reads a small body to its end, closes a large one, and never throws', async () => {
    let ended = '';
    const body = async function* (chunks: number) {
      try {
        for (let n = 0; n < chunks; n++) yield new Uint8Array(1000);
        ended = 'whole';
      } finally {
        ended ||= 'left';
      }
    };
    await discard({ status: 200, headers: {}, body: body(10) });
    expect(ended).toBe('whole');
    ended = '';
    await discard({ status: 200, headers: {}, body: body(1000) });
    expect(ended).toBe('left');
    await discard({
      status: 200,
      headers: {},
      // biome-ignore lint/correctness/useYield: it breaks before its first byte
      body: (async function* (): AsyncGenerator<Uint8Array> {
        throw new Error('broken');
      })(),
    });
  });
});
