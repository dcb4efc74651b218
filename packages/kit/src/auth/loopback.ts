/**
 * The page on this machine to which the browser returns after a sign-in (RFC 8252 §7.3). Any program and any
 * web page on this machine can call it, so it accepts only a request with this host, this path and the secret
 * state; any other request gets an error page and has no effect.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type HintStep, signInAgain } from '../errors/hint.ts';
import { OneDriveError } from '../errors/index.ts';
import type { Clock } from '../platform/clock.ts';
import { answerPage } from './answer-page.ts';

/** The timeout, clock and signal of the listener. */
export interface LoopbackOptions {
  readonly clock: Clock;
  /** Milliseconds. Default: 10 minutes. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A listener on this machine that waits for the response of a sign-in. */
export interface Loopback {
  /** `http://localhost:PORT`: Microsoft ignores the port of a registered http://localhost. */
  readonly redirectUri: string;
  /**
   * Waits for the browser.
   * @returns the parameters of the response, including errors.
   * @throws OneDriveError `auth-failed` on timeout; `signal.reason` when aborted.
   */
  answer(state: string): Promise<URLSearchParams>;
  /** Stops listening. */
  close(): Promise<void>;
}

const patience = 10 * 60_000;

/**
 * Listens on a free port of 127.0.0.1 and, if there is IPv6, of ::1: a browser may use either for
 * `localhost`, and no other program must be able to take the other one.
 * @throws OneDriveError `network` if no port is available.
 */
export async function listenForAnswer(options: LoopbackOptions): Promise<Loopback> {
  let accept: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    if (accept) accept(request, response);
    else send(response, 503, 'Not yet', 'The sign-in has not started.');
  };
  const { servers, port } = await listenOnBoth(listener);
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(closed));
  };
  return {
    redirectUri: `http://localhost:${port}`,
    close,
    answer: (state) =>
      waitForAnswer(options, (found) => {
        accept = (request, response) => {
          const answer = judge(request, port, state);
          send(response, answer.status, answer.title, answer.text);
          if (answer.parameters) found(answer.parameters);
        };
      }),
  };
}

async function waitForAnswer(
  { clock, timeoutMs = patience, signal }: LoopbackOptions,
  listen: (found: (parameters: URLSearchParams) => void) => void,
): Promise<URLSearchParams> {
  const done = new AbortController();
  const waits = signal ? AbortSignal.any([signal, done.signal]) : done.signal;
  const late = clock.sleep(timeoutMs, { signal: waits }).then(() => {
    throw new OneDriveError('auth-failed', 'The sign-in was not finished in the browser in time.', {
      hint: [signInAgain, ...withoutBrowser],
    });
  });
  try {
    return await Promise.race([new Promise<URLSearchParams>(listen), late]);
  } finally {
    done.abort();
    late.catch(() => {});
  }
}

interface Verdict {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  readonly parameters?: URLSearchParams;
}

function judge(request: IncomingMessage, port: number, state: string): Verdict {
  const hosts = ['localhost', '127.0.0.1', '[::1]'].map((host) => `${host}:${port}`);
  // A page of another site whose host name resolves to this machine is detected by the Host header.
  if (!hosts.includes(request.headers.host ?? '')) return refusal(421, 'This host name is not served here.');
  if (request.method !== 'GET') return refusal(405, 'Only the browser that signs in may use this page.');
  const url = new URL(request.url ?? '/', `http://localhost:${port}`);
  if (url.pathname !== '/') return refusal(404, 'There is nothing here.');
  if (url.searchParams.get('state') !== state)
    return refusal(400, 'This is not the response to the pending sign-in.');
  const parameters = url.searchParams;
  if (parameters.has('error'))
    return {
      status: 200,
      title: 'Not signed in',
      text: 'The reason is shown in the terminal. You can close this page.',
      parameters,
    };
  if (!parameters.get('code')) return refusal(400, 'This response has no code.');
  return {
    status: 200,
    title: 'Almost done',
    text: 'The sign-in continues in the terminal. You can close this page.',
    parameters,
  };
}

function refusal(status: number, text: string): Verdict {
  return { status, title: 'Unexpected request', text };
}

function send(response: ServerResponse, status: number, title: string, text: string): void {
  const { headers, body } = answerPage(title, text);
  response.writeHead(status, { ...headers, connection: 'close' }).end(body);
}

/** One port on both loopback addresses; a machine without IPv6 has one address. */
async function listenOnBoth(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ readonly servers: readonly Server[]; readonly port: number }> {
  for (let attempt = 1; ; attempt++) {
    const four = await listening(createServer(listener), '127.0.0.1', 0).catch((error: unknown) => {
      throw new OneDriveError('network', 'No port on 127.0.0.1 is available.', {
        cause: error,
        hint: withoutBrowser,
      });
    });
    const address = four.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    try {
      return { servers: [four, await listening(createServer(listener), '::1', port)], port };
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken || attempt === 10) return { servers: [four], port };
      await closed(four);
    }
  }
}

function listening(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => resolve(server));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // The last page is still on its way to the browser: close idle connections now, and do not let a stuck
    // one keep the process alive.
    server.unref();
  });
}

const withoutBrowser: readonly HintStep[] = [
  { step: 'sign-in', using: 'device-code' },
  { step: 'sign-in', using: 'pasted-address' },
];
