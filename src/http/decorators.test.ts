/** The acting halves: retry, pace, authorize, timeout, trace and the headers, over scripted transports and a manual clock. */
import { describe, expect, test } from 'vitest';
import { OneDriveError } from '../errors/index.ts';
import { manualClock, seededRandom } from '../platform/index.ts';
import {
  authorize,
  compose,
  type HttpRequest,
  type HttpResponse,
  pace,
  paceGate,
  readText,
  requestId,
  retry,
  streamBody,
  type TokenCredential,
  type TraceEvent,
  type Transport,
  textBody,
  timeout,
  trace,
  userAgent,
} from './index.ts';
import { networkFailure } from './network-error.ts';

const url = 'https://graph.microsoft.com/v1.0/me/drive';
const get = (request: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  ...request,
});

async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text);
}
const answer = (status: number, headers = {}, text = 'x'): HttpResponse => ({
  status,
  headers,
  body: bytesOf(text),
});

async function drain(
  body: AsyncIterable<Uint8Array>,
  each: (chunk: Uint8Array) => Promise<void> = async () => {},
) {
  for await (const chunk of body) await each(chunk);
}

/** Answers with each of `steps` in turn and keeps what it was asked. */
function scripted(...steps: (HttpResponse | Error)[]) {
  const seen: HttpRequest[] = [];
  const transport: Transport = async (request) => {
    seen.push(request);
    if (request.body) await drain(request.body.open());
    const step = steps.shift();
    if (step === undefined) throw new Error('asked too often');
    if (step instanceof Error) throw step;
    return step;
  };
  return { transport, seen };
}

describe('retry', () => {
  const retrying = (inner: Transport) => {
    const clock = manualClock(0);
    return { clock, send: retry({ clock, random: seededRandom(7) })(inner) };
  };

  test('waits as long as the service asks, then sends again', async () => {
    const { transport, seen } = scripted(answer(429, { 'retry-after': '2.5' }), answer(200));
    const { clock, send } = retrying(transport);
    expect((await clock.runUntil(send(get()))).status).toBe(200);
    expect(clock.now()).toBeGreaterThanOrEqual(2500);
    expect(seen).toHaveLength(2);
  });

  test('gives the last answer back, unread, when it gives up', async () => {
    const { transport, seen } = scripted(answer(429, { 'retry-after': '400' }, 'slow down'));
    const { clock, send } = retrying(transport);
    const response = await clock.runUntil(send(get()));
    expect(response.status).toBe(429);
    expect(await readText(response)).toBe('slow down');
    expect(seen).toHaveLength(1);
  });

  test('throws the last network error when it gives up', async () => {
    const broken = () => networkFailure(url, 'ETRUNCATED', 'x');
    const last = broken();
    const { transport, seen } = scripted(broken(), broken(), broken(), broken(), broken(), last);
    const { clock, send } = retrying(transport);
    await expect(clock.runUntil(send(get()))).rejects.toBe(last);
    expect(seen).toHaveLength(6);
  });

  test('a POST is not repeated after an unclear answer', async () => {
    const { transport, seen } = scripted(answer(500));
    const { clock, send } = retrying(transport);
    expect((await clock.runUntil(send(get({ method: 'POST', body: textBody('{}') })))).status).toBe(500);
    expect(seen).toHaveLength(1);
  });

  test('a body that cannot be read twice is sent once', async () => {
    const { transport, seen } = scripted(answer(429, { 'retry-after': '1' }));
    const { clock, send } = retrying(transport);
    const body = streamBody(() => bytesOf('once'), 4, false);
    expect((await clock.runUntil(send(get({ method: 'PUT', body })))).status).toBe(429);
    expect(seen).toHaveLength(1);
  });

  test('an abort ends the pause with its reason', async () => {
    const { transport, seen } = scripted(answer(503, { 'retry-after': '60' }));
    const { clock, send } = retrying(transport);
    const abort = new AbortController();
    const sending = send(get({ signal: abort.signal }));
    await clock.advance(10);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(sending).rejects.toBe(reason);
    expect(seen).toHaveLength(1);
    expect(clock.sleepers()).toEqual([]);
  });

  test('other errors are not retried', async () => {
    const mistake = new OneDriveError('integrity', 'the source changed');
    const { transport, seen } = scripted(mistake);
    const { clock, send } = retrying(transport);
    await expect(clock.runUntil(send(get()))).rejects.toBe(mistake);
    expect(seen).toHaveLength(1);
  });
});

describe('pace', () => {
  test('holds the rest back until one ends, in order', async () => {
    const clock = manualClock(0);
    const gate = paceGate({ clock, limits: { start: 2, max: 2 } });
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const send = pace(
      gate,
      clock,
    )((request) => {
      order.push(request.url);
      return new Promise((resolve) => ends.push(() => resolve(answer(200))));
    });
    const all = ['a', 'b', 'c', 'd'].map((name) => send(get({ url: name })));
    await clock.advance(0);
    expect(order).toEqual(['a', 'b']);
    ends[1]!();
    await clock.advance(0);
    expect(order).toEqual(['a', 'b', 'c']);
    ends[0]!();
    ends[2]!();
    await clock.advance(0);
    ends[3]!();
    await Promise.all(all);
    expect(order).toEqual(['a', 'b', 'c', 'd']);
    expect(gate.state().inFlight).toBe(0);
  });

  test('one throttled answer makes every request wait', async () => {
    const clock = manualClock(0);
    const gate = paceGate({ clock });
    const { transport, seen } = scripted(answer(429, { 'retry-after': '10' }), answer(200), answer(200));
    const send = pace(gate, clock)(transport);
    await send(get());
    const others = Promise.all([send(get()), send(get())]);
    await clock.advance(9_999);
    expect(seen).toHaveLength(1);
    await clock.advance(1);
    await others;
    expect(seen).toHaveLength(3);
  });

  test('an abort while waiting leaves the line to the others', async () => {
    const clock = manualClock(0);
    const gate = paceGate({ clock, limits: { start: 1, max: 1 } });
    const ends: (() => void)[] = [];
    const send = pace(gate, clock)(() => new Promise((resolve) => ends.push(() => resolve(answer(200)))));
    const abort = new AbortController();
    const first = send(get());
    const aborted = send(get({ signal: abort.signal }));
    const last = send(get());
    await clock.advance(0);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    ends[0]!();
    await first;
    await clock.advance(0);
    ends[1]!();
    expect((await last).status).toBe(200);
  });

  test('an abort during a pause leaves nobody stuck', async () => {
    const clock = manualClock(0);
    const gate = paceGate({ clock });
    const { transport } = scripted(answer(429, { 'retry-after': '10' }), answer(200));
    const send = pace(gate, clock)(transport);
    await send(get());
    const abort = new AbortController();
    const aborted = send(get({ signal: abort.signal }));
    const next = send(get());
    await clock.advance(1);
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    expect((await clock.runUntil(next)).status).toBe(200);
    expect(clock.now()).toBe(10_000);
  });

  test('a request that fails frees its place', async () => {
    const clock = manualClock(0);
    const gate = paceGate({ clock, limits: { start: 1, max: 1 } });
    const { transport } = scripted(new Error('broken'), answer(200));
    const send = pace(gate, clock)(transport);
    await expect(send(get())).rejects.toThrow('broken');
    expect((await send(get())).status).toBe(200);
  });
});

describe('authorize', () => {
  const credentialOf = (...tokens: (string | null)[]) => {
    const rejected: (string | undefined)[] = [];
    const credential: TokenCredential = {
      async getToken(_scopes, options) {
        rejected.push(options?.rejectedToken);
        const token = tokens.shift();
        return token ? { token, expiresOnTimestamp: 0 } : null;
      },
    };
    return { credential, rejected };
  };
  const options = { origin: 'https://graph.microsoft.com/v1.0', scopes: ['Files.ReadWrite'] };
  const bearer = (request: HttpRequest | undefined) => request?.headers['authorization'];

  test('signs with the token of now', async () => {
    const { transport, seen } = scripted(answer(200));
    await authorize(credentialOf('one').credential, options)(transport)(get());
    expect(bearer(seen[0])).toBe('Bearer one');
  });

  test.each([
    'https://contoso.sharepoint.com/x',
    'http://graph.microsoft.com/v1.0',
    'https://graph.microsoft.com.evil.example/',
    'https://graph.microsoft.com:444/',
    'https://graph.microsoft.com@evil.example/',
  ])('refuses to sign %s', async (foreign) => {
    const { transport, seen } = scripted(answer(200));
    const send = authorize(credentialOf('one').credential, options)(transport);
    await expect(send(get({ url: foreign }))).rejects.toMatchObject({ code: 'usage' });
    expect(seen).toHaveLength(0);
  });

  test('after a 401 asks once for another token and sends again, also a POST', async () => {
    const { transport, seen } = scripted(answer(401), answer(201));
    const { credential, rejected } = credentialOf('old', 'new');
    const send = authorize(credential, options)(transport);
    expect((await send(get({ method: 'POST', body: textBody('{}') }))).status).toBe(201);
    expect(seen.map(bearer)).toEqual(['Bearer old', 'Bearer new']);
    expect(rejected).toEqual([undefined, 'old']);
  });

  test('a second 401 is the answer', async () => {
    const { transport } = scripted(answer(401), answer(401));
    const send = authorize(credentialOf('old', 'new').credential, options)(transport);
    expect((await send(get())).status).toBe(401);
  });

  test('the same token again is not tried, nor a body that cannot be read twice', async () => {
    const same = scripted(answer(401));
    expect((await authorize(credentialOf('a', 'a').credential, options)(same.transport)(get())).status).toBe(
      401,
    );
    const once = scripted(answer(401));
    const body = streamBody(() => bytesOf('once'), 4, false);
    const send = authorize(credentialOf('a', 'b').credential, options)(once.transport);
    expect((await send(get({ method: 'PUT', body }))).status).toBe(401);
  });

  test('no token is: sign in', async () => {
    const send = authorize(credentialOf(null).credential, options)(scripted(answer(200)).transport);
    await expect(send(get())).rejects.toMatchObject({ code: 'auth-required' });
  });
});

describe('timeout', () => {
  const never: Transport = () => new Promise<never>(() => {});
  const rule = { silenceMs: 1000 };

  test('gives up on a service that does not answer, as a broken connection', async () => {
    const clock = manualClock(0);
    const sending = timeout({ clock, ...rule })(never)(get());
    sending.catch(() => undefined);
    await clock.advance(999);
    await clock.advance(1);
    await expect(sending).rejects.toMatchObject({ code: 'network' });
  });

  test('aborts the attempt that it gives up', async () => {
    const clock = manualClock(0);
    let signal: AbortSignal | undefined;
    const inner: Transport = (request) => {
      signal = request.signal;
      return new Promise<never>(() => {});
    };
    await expect(clock.runUntil(timeout({ clock, ...rule })(inner)(get()))).rejects.toMatchObject({
      code: 'network',
    });
    expect(signal?.aborted).toBe(true);
  });

  test('an upload that moves may last', async () => {
    const clock = manualClock(0);
    const inner: Transport = async (request) => {
      await drain(request.body!.open(), () => clock.sleep(900));
      return answer(200);
    };
    async function* chunks() {
      for (let n = 0; n < 10; n++) yield new Uint8Array(1);
    }
    const send = timeout({ clock, ...rule })(inner);
    const response = await clock.runUntil(send(get({ method: 'PUT', body: streamBody(chunks, 10, true) })));
    expect(response.status).toBe(200);
    expect(clock.now()).toBe(9000);
  });

  test('a slow source is no silence of the service', async () => {
    const clock = manualClock(0);
    async function* slow() {
      await clock.sleep(5000);
      yield new Uint8Array(1);
    }
    const inner: Transport = async (request) => {
      await drain(request.body!.open());
      return answer(200);
    };
    const send = timeout({ clock, ...rule })(inner);
    const body = streamBody(slow, 1, true);
    expect((await clock.runUntil(send(get({ method: 'PUT', body })))).status).toBe(200);
  });

  test('an answer that stops in the middle is given up, a reader that takes its time is not', async () => {
    const clock = manualClock(0);
    async function* stalling() {
      yield new TextEncoder().encode('a');
      await new Promise<never>(() => {});
    }
    const send = timeout({ clock, ...rule })(async () => ({ status: 200, headers: {}, body: stalling() }));
    const reading = (async () => {
      const response = await send(get());
      await drain(response.body, () => clock.sleep(60_000));
    })();
    await expect(clock.runUntil(reading)).rejects.toMatchObject({ code: 'network' });
    expect(clock.now()).toBeGreaterThanOrEqual(61_000);
    expect(clock.now()).toBeLessThanOrEqual(62_000);
  });

  test('nothing sleeps on after the answer has been read', async () => {
    const clock = manualClock(0);
    const response = await timeout({ clock, ...rule })(async () => answer(200))(get());
    await readText(response);
    await clock.advance(0);
    expect(clock.sleepers()).toEqual([]);
  });

  test('an abort by the caller stays the abort of the caller', async () => {
    const clock = manualClock(0);
    const abort = new AbortController();
    const inner: Transport = (request) =>
      new Promise((_resolve, reject) =>
        request.signal?.addEventListener('abort', () => reject(request.signal?.reason)),
      );
    const sending = timeout({ clock, ...rule })(inner)(get({ signal: abort.signal }));
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(sending).rejects.toBe(reason);
  });
});

describe('trace and headers', () => {
  test('tells each request and its answer, without secrets', async () => {
    const events: TraceEvent[] = [];
    const clock = manualClock(1000);
    const inner: Transport = async () => {
      await clock.sleep(25);
      return answer(302, { location: 'https://h.example/download/secret-part' });
    };
    const send = trace({ clock, sink: (event) => events.push(event) })(inner);
    const headers = { authorization: 'Bearer secret-part', accept: '*/*' };
    await clock.runUntil(send(get({ url: `${url}?token=secret-part`, headers })));
    expect(events).toMatchObject([
      { type: 'request', id: 1, method: 'GET', headers: { accept: '*/*' }, size: 0 },
      { type: 'response', id: 1, status: 302, ms: 25 },
    ]);
    expect(JSON.stringify(events)).not.toContain('secret-part');
  });

  test('tells errors', async () => {
    const events: TraceEvent[] = [];
    const send = trace({ clock: manualClock(), sink: (event) => events.push(event) })(
      scripted(new Error('no')).transport,
    );
    await expect(send(get())).rejects.toThrow('no');
    expect(events[1]).toMatchObject({ type: 'error', id: 1, message: 'no' });
  });

  test('every request has its own id, its repetitions share it', async () => {
    const clock = manualClock(0);
    const random = seededRandom(3);
    const { transport, seen } = scripted(answer(429, { 'retry-after': '1' }), answer(200), answer(200));
    const send = compose(transport, userAgent('Kit/1'), requestId(random), retry({ clock, random }));
    await clock.runUntil(send(get()));
    await send(get());
    const ids = seen.map(({ headers }) => headers['client-request-id']);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[1]);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(seen[0]?.headers).toMatchObject({ 'user-agent': 'Kit/1', 'return-client-request-id': 'true' });
  });

  test('headers that the request brings along are kept', async () => {
    const { transport, seen } = scripted(answer(200));
    const send = compose(transport, userAgent('Kit/1'), requestId(seededRandom(3)));
    await send(get({ headers: { 'user-agent': 'Mine', 'client-request-id': 'mine' } }));
    expect(seen[0]?.headers).toMatchObject({ 'user-agent': 'Mine', 'client-request-id': 'mine' });
  });
});
