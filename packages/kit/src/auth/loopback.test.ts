import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from '../platform/memory/manual-clock.ts';
import { type Loopback, listenForAnswer } from './loopback.ts';

const clock = manualClock();
const open: Loopback[] = [];
afterEach(async () => {
  for (const loopback of open.splice(0)) await loopback.close();
});

async function start(options: Parameters<typeof listenForAnswer>[0] = { clock }) {
  const loopback = await listenForAnswer(options);
  open.push(loopback);
  return { loopback, port: Number(new URL(loopback.redirectUri).port) };
}

interface Called {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
}

function call(port: number, path: string, options: { host?: string; method?: string } = {}): Promise<Called> {
  const { host = `localhost:${port}`, method = 'GET' } = options;
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { host } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the loopback page', () => {
  it('accepts the response with the correct state and tells the user to close the page', async () => {
    const { loopback, port } = await start();
    const answer = loopback.answer('right');
    const page = await call(port, '/?code=c1&state=right');
    expect(page).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
    });
    expect(page.text).toContain('You can close this page');
    expect(page.text).not.toContain('c1');
    expect(Object.fromEntries(await answer)).toEqual({ code: 'c1', state: 'right' });
  });

  it('accepts an error as the response', async () => {
    const { loopback, port } = await start();
    const answer = loopback.answer('right');
    await call(port, '/?error=access_denied&state=right');
    expect((await answer).get('error')).toBe('access_denied');
  });

  it('continues to wait when another program or page sends a request', async () => {
    const { loopback, port } = await start();
    const answer = loopback.answer('right');
    const attacks: [string, { host?: string; method?: string }, number][] = [
      ['/?code=evil&state=guess', {}, 400],
      ['/?code=evil', {}, 400],
      ['/?error=access_denied&state=guess', {}, 400],
      ['/?state=right', {}, 400],
      ['/favicon.ico', {}, 404],
      ['/other?code=evil&state=right', {}, 404],
      ['/?code=evil&state=right', { host: `attacker.example:${port}` }, 421],
      ['/?code=evil&state=right', { host: 'localhost' }, 421],
      ['/?code=evil&state=right', { method: 'POST' }, 405],
    ];
    for (const [path, options, status] of attacks) {
      expect((await call(port, path, options)).status).toBe(status);
    }
    await call(port, '/?code=good&state=right');
    expect((await answer).get('code')).toBe('good');
  });

  it('also listens on IPv6 if the machine has it, so that no other program can take that address', async () => {
    const { loopback, port } = await start();
    const answer = loopback.answer('right');
    const six = await fetch(`http://[::1]:${port}/?code=c6&state=right`).catch(() => undefined);
    if (!six) await call(port, '/?code=c6&state=right');
    expect((await answer).get('code')).toBe('c6');
  });

  it('accepts no response before the sign-in has started', async () => {
    const { port } = await start();
    expect((await call(port, '/?code=c&state=undefined')).status).toBe(503);
  });

  it('gives up after a timeout', async () => {
    const { loopback } = await start({ clock, timeoutMs: 1000 });
    await expect(clock.runUntil(loopback.answer('right'))).rejects.toMatchObject({ code: 'auth-failed' });
  });

  it('stops when aborted', async () => {
    const controller = new AbortController();
    const { loopback } = await start({ clock, signal: controller.signal });
    const answer = loopback.answer('right');
    controller.abort(new Error('Ctrl-C'));
    await expect(answer).rejects.toThrow('Ctrl-C');
  });

  it('no longer listens when closed', async () => {
    const { loopback, port } = await start();
    await loopback.close();
    await expect(call(port, '/')).rejects.toThrow();
  });
});
