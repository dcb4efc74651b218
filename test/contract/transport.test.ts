/** The contract of transports, tested with each implementation. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fastLane } from '../../packages/kit/src/http/fast-lane/fast-lane.ts';
import {
  emptyBody,
  fetchTransport,
  type HttpRequest,
  handlerTransport,
  readBytes,
  readJson,
  readText,
  streamBody,
  type Transport,
  textBody,
} from '../../packages/kit/src/http/index.ts';
import { nodeTransport } from '../../packages/kit/src/http/node/node-transport.ts';
import { eventLoopTurn } from '../../packages/kit/src/platform/web/event-loop-turn.ts';
import { listenTo, makePeer, mebibyte, type Peer } from './transport-peer.ts';

interface Summary {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly size: number;
  readonly sha256: string;
}

interface Setup {
  readonly transport: Transport;
  readonly url: string;
  close(): Promise<void>;
}

async function overSockets(peer: Peer, transport: Transport, close: () => void): Promise<Setup> {
  const server = await listenTo(peer);
  return {
    transport,
    url: server.url,
    close: async () => {
      close();
      await server.close();
    },
  };
}

const kinds: Record<string, (peer: Peer) => Promise<Setup>> = {
  'node transport': (peer) => {
    const transport = nodeTransport();
    return overSockets(peer, transport, () => transport.close());
  },
  'fast lane': (peer) => {
    const transport = fastLane({ when: () => true });
    return overSockets(peer, transport, () => transport.close());
  },
  'fetch transport': (peer) => overSockets(peer, fetchTransport(), () => {}),
  'handler transport': async (peer) => ({
    transport: handlerTransport((request) => peer.handler(request)),
    url: 'http://drive.test',
    close: async () => {},
  }),
};

describe.each(Object.entries(kinds))('%s', (_name, setUp) => {
  let peer: Peer;
  let setup: Setup;
  const send = (path: string, request: Partial<HttpRequest> = {}) =>
    setup.transport({ method: 'GET', headers: {}, ...request, url: setup.url + path });
  const summaryOf = async (path: string, request: Partial<HttpRequest>) =>
    (await readJson(await send(path, request))) as Summary;

  beforeEach(async () => {
    peer = makePeer();
    setup = await setUp(peer);
  });
  afterEach(() => setup.close());

  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s arrives unchanged', async (method) => {
    const seen = await summaryOf('/summary?a=b%20c&d', { method });
    expect(seen).toMatchObject({ method, path: '/summary?a=b%20c&d', size: 0 });
  });

  test('a method in lower case is sent in upper case', async () => {
    expect((await summaryOf('/summary', { method: 'patch' })).method).toBe('PATCH');
  });

  test('a POST, PUT or PATCH without a body has Content-Length: 0', async () => {
    for (const method of ['POST', 'PUT']) {
      expect((await summaryOf('/summary', { method })).headers['content-length']).toBe('0');
    }
  });

  test('request headers arrive, and response headers are in lower case', async () => {
    const seen = await summaryOf('/summary', { headers: { 'x-thing': 'One, Two' } });
    expect(seen.headers['x-thing']).toBe('One, Two');
    const response = await send('/sized?n=5');
    expect(response.headers).toMatchObject({ 'x-case': 'Kept', 'content-length': '5' });
    expect((await readBytes(response)).byteLength).toBe(5);
  });

  test('a body of known length is sent with Content-Length', async () => {
    const seen = await summaryOf('/summary', { method: 'PUT', body: textBody('grüße') });
    expect(seen).toMatchObject({ size: 7, sha256: createHash('sha256').update('grüße').digest('hex') });
    expect(seen.headers['content-length']).toBe('7');
  });

  test('an empty body is sent as a body', async () => {
    const seen = await summaryOf('/summary', { method: 'PUT', body: emptyBody });
    expect(seen).toMatchObject({ size: 0, headers: { 'content-length': '0' } });
  });

  test('a body of unknown length is sent', async () => {
    const body = streamBody(() => patterned(3 * mebibyte), undefined, true);
    const seen = await summaryOf('/summary', { method: 'PUT', body });
    expect(seen.size).toBe(3 * mebibyte);
    expect(seen.sha256).toBe(await hashOf(patterned(3 * mebibyte)));
  });

  test('a source may reuse the memory of a chunk for the next one', async () => {
    const memory = new Uint8Array(100_000);
    async function* reusing() {
      for await (const chunk of patterned(mebibyte)) {
        memory.set(chunk);
        yield memory.subarray(0, chunk.byteLength);
      }
    }
    const seen = await summaryOf('/hoard', { method: 'PUT', body: streamBody(reusing, mebibyte, true) });
    expect(seen.sha256).toBe(await hashOf(patterned(mebibyte)));
  });

  test('a body is opened once', async () => {
    let opened = 0;
    const body = streamBody(
      () => {
        opened++;
        return patterned(10);
      },
      10,
      false,
    );
    await summaryOf('/summary', { method: 'PUT', body });
    expect(opened).toBe(1);
  });

  test('a source with fewer bytes than declared fails the request', async () => {
    const body = streamBody(() => patterned(9), 10, true);
    await expect(send('/summary', { method: 'PUT', body })).rejects.toMatchObject({ code: 'integrity' });
  });

  test('a source with more bytes than declared fails the request', async () => {
    const body = streamBody(() => patterned(11), 10, true);
    await expect(send('/summary', { method: 'PUT', body })).rejects.toMatchObject({ code: 'integrity' });
  });

  test('an error of a source reaches the caller unchanged', async () => {
    const trouble = new Error('the disk is gone');
    async function* failing() {
      yield new Uint8Array(10);
      throw trouble;
    }
    const body = streamBody(failing, undefined, true);
    await expect(send('/summary', { method: 'PUT', body })).rejects.toBe(trouble);
  });

  test('a large response arrives complete', async () => {
    const bytes = await readBytes(await send(`/sized?n=${5 * mebibyte + 3}`));
    expect(bytes.byteLength).toBe(5 * mebibyte + 3);
    expect(bytes[65_536 * 7]).toBe(7);
  });

  test('a chunked response arrives complete', async () => {
    expect((await readBytes(await send('/chunked?n=300000'))).byteLength).toBe(300_000);
  });

  test('a 204 and a response to HEAD have no body, but HEAD has the length', async () => {
    expect((await readBytes(await send('/nothing'))).byteLength).toBe(0);
    const head = await send('/sized?n=1234', { method: 'HEAD' });
    expect(head.headers['content-length']).toBe('1234');
    expect((await readBytes(head)).byteLength).toBe(0);
  });

  test('a redirect is returned and not followed', async () => {
    const response = await send('/redirect');
    expect(response).toMatchObject({ status: 302, headers: { location: '/summary' } });
    await readBytes(response);
  });

  test('an error status is returned as a response', async () => {
    const response = await send('/no/such/path');
    expect(response.status).toBe(404);
    expect(await readText(response)).toBe('no such path');
  });

  test('a response that ends before its length is the error truncated', async () => {
    const response = await send('/truncated?n=100000');
    await expect(readBytes(response)).rejects.toMatchObject({ code: 'network' });
  });

  test('a response that breaks in the middle is a network error, after the received bytes', async () => {
    const response = await send('/breaking');
    const seen: string[] = [];
    const reading = (async () => {
      for await (const chunk of response.body) seen.push(new TextDecoder().decode(chunk));
    })();
    await expect(reading).rejects.toMatchObject({ code: 'network' });
    expect(seen.join('')).toBe('the first part');
  });

  test('a request with an aborted signal is not sent', async () => {
    const reason = new Error('not wanted');
    await expect(send('/summary', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(peer.received).toBe(0);
  });

  test('an abort while waiting for the response rejects with its reason', async () => {
    const abort = new AbortController();
    const answer = send('/silent', { signal: abort.signal });
    await peer.arrived;
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(answer).rejects.toBe(reason);
  });

  test('an abort while reading the response rejects with its reason', async () => {
    const abort = new AbortController();
    const response = await send('/drip', { signal: abort.signal });
    const reading = readBytes(response);
    await peer.arrived;
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });

  test('an abort while sending rejects with its reason and stops the source', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    let stopped = false;
    async function* endless() {
      try {
        for (let sent = 0; sent < 100_000; sent++) {
          if (sent === 20) abort.abort(reason);
          yield new Uint8Array(65_536);
        }
      } finally {
        stopped = true;
      }
    }
    const body = streamBody(endless, undefined, false);
    await expect(send('/summary', { method: 'PUT', body, signal: abort.signal })).rejects.toBe(reason);
    await until(() => stopped);
  });

  test('cancelling a response stops the server', async () => {
    const response = await send(`/sized?n=${512 * mebibyte}`);
    for await (const chunk of response.body) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      break;
    }
    await peer.left;
    expect(peer.produced).toBeLessThan(128 * mebibyte);
  });

  test('the request after a cancelled response works', async () => {
    const response = await send(`/sized?n=${64 * mebibyte}`);
    await response.body[Symbol.asyncIterator]().next();
    await response.body[Symbol.asyncIterator]().return?.();
    expect((await summaryOf('/summary', {})).method).toBe('GET');
  });

  test('a slow reader slows down the server', async () => {
    const response = await send(`/sized?n=${96 * mebibyte}`);
    let read = 0;
    let lead = 0;
    for await (const chunk of response.body) {
      read += chunk.byteLength;
      lead = Math.max(lead, peer.produced - read);
      await eventLoopTurn();
    }
    expect(read).toBe(96 * mebibyte);
    expect(lead).toBeLessThan(24 * mebibyte);
  });

  test('a slow server slows down the source', async () => {
    let given = 0;
    let lead = 0;
    async function* source() {
      for (let at = 0; at < 96; at++) {
        given += mebibyte;
        lead = Math.max(lead, given - peer.received);
        yield new Uint8Array(mebibyte);
      }
    }
    const seen = await summaryOf('/summary', { method: 'PUT', body: streamBody(source, undefined, false) });
    expect(seen.size).toBe(96 * mebibyte);
    expect(lead).toBeLessThan(24 * mebibyte);
  });

  test('a response that arrives before the body was sent is returned, and the source is stopped', async () => {
    let stopped = true; // Until it is opened.
    let given = 0;
    async function* endless() {
      stopped = false;
      try {
        for (given = 0; given < 100_000; given++) {
          await eventLoopTurn();
          yield new Uint8Array(1000);
        }
      } finally {
        stopped = true;
      }
    }
    const response = await send('/early', { method: 'PUT', body: streamBody(endless, undefined, false) });
    expect(response.status).toBe(416);
    expect(await readText(response)).toBe('no such range');
    await until(() => stopped);
    expect(given).toBeLessThan(10_000);
  });

  test('concurrent requests all get their own response', async () => {
    const numbers = Array.from({ length: 100 }, (_, at) => at);
    const sizes = await Promise.all(
      numbers.map(async (n) => (await readBytes(await send(`/sized?n=${n}`))).byteLength),
    );
    expect(sizes).toEqual(numbers);
  });
});

async function* patterned(bytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes; at += 100_000)
    yield new Uint8Array(Math.min(100_000, bytes - at)).fill(at / 100_000);
}

async function hashOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

async function until(come: () => boolean): Promise<void> {
  for (let turns = 0; !come(); turns++) {
    if (turns > 100_000) throw new Error('It did not come to pass.');
    await eventLoopTurn();
  }
}
