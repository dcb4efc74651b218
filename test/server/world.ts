/** An embedded OneDrive for tests, with a manual clock and seeded random numbers, and functions to send requests. */
import { manualClock } from '../../packages/kit/src/platform/memory/manual-clock.ts';
import { seededRandom } from '../../packages/kit/src/platform/memory/seeded-random.ts';
import {
  createOneDrive,
  type EmbeddedOneDrive,
  type OneDriveOptions,
} from '../../packages/server/src/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; throws if it is not JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into answers of every shape
  readonly json: any;
  readonly bytes: Uint8Array;
}

export interface Ask {
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array | object;
  /** Without a token. */
  readonly anonymous?: boolean;
  readonly token?: string;
}

export type Tester = EmbeddedOneDrive & {
  readonly clock: ReturnType<typeof manualClock>;
  /** `path` is absolute, or begins with `/` and follows /v1.0. */
  ask(method: string, path: string, ask?: Ask): Promise<Answer>;
};

export const host = 'https://graph.example';

/** Starts a server; the clock is at 2026-01-02T03:04:05.678Z. */
export async function startTester(options: OneDriveOptions = {}): Promise<Tester> {
  const clock = manualClock(Date.parse('2026-01-02T03:04:05.678Z'));
  const onedrive = await createOneDrive({ clock, random: seededRandom(7), ...options });
  let token = onedrive.token();
  const { fetch } = onedrive;
  return {
    ...onedrive,
    clock,
    async reset() {
      await onedrive.reset();
      token = onedrive.token();
    },
    async ask(method, path, ask = {}) {
      const { body } = ask;
      const plain = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
      const response = await fetch(
        new Request(path.startsWith('/') ? `${host}/v1.0${path}` : path, {
          method,
          headers: {
            ...(ask.anonymous === true ? {} : { authorization: `Bearer ${ask.token ?? token}` }),
            ...(plain ? {} : { 'content-type': 'application/json' }),
            ...ask.headers,
          },
          body: plain ? ((body ?? null) as BodyInit | null) : JSON.stringify(body),
        }),
      );
      const bytes = new Uint8Array(await response.arrayBuffer());
      const text = new TextDecoder().decode(bytes);
      return {
        status: response.status,
        headers: response.headers,
        text,
        bytes,
        get json() {
          return JSON.parse(text) as unknown;
        },
      };
    },
  };
}
