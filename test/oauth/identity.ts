/**
 * An embedded OneDrive for the tests of sign-in: a manual clock, seeded random numbers, and functions to call its endpoints.
 */
import { type ManualClock, manualClock } from '../../packages/kit/src/platform/memory/manual-clock.ts';
import { seededRandom } from '../../packages/kit/src/platform/memory/seeded-random.ts';
import {
  createOneDrive,
  type EmbeddedOneDrive,
  type OneDriveOptions,
} from '../../packages/server/src/index.ts';
import { type Browser, browser } from './browser.ts';

export const origin = 'http://127.0.0.1:9';
export const clientId = '11111111-2222-3333-4444-555555555555';
export const redirectUri = 'http://localhost:53682/';
/** An account of each kind: alex is personal, megan is business and has a password. */
export const alex = 'alex@outlook.com';
export const megan = 'megan@contoso.com';
export const password = 'correct horse';

export type Answer = Record<string, unknown> & {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly error: string;
  readonly error_codes: readonly number[];
  readonly error_description: string;
};

export interface Identity {
  readonly onedrive: EmbeddedOneDrive;
  readonly clock: ManualClock;
  browser(): Browser;
  /** Sends a form to an OAuth endpoint, e.g. `common/oauth2/v2.0/token`. */
  post(
    path: string,
    form: Readonly<Record<string, string>> | string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly body: Answer }>;
  /** Calls the token endpoint of `common` with the client id of the test. */
  token(form: Readonly<Record<string, string>>): ReturnType<Identity['post']>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Signs alex in with the browser, accepts, and returns the code. */
  code(parameters?: Readonly<Record<string, string>>): Promise<string>;
}

/** Starts a server. */
export async function startIdentity(options: OneDriveOptions = {}): Promise<Identity> {
  const clock = manualClock();
  const accounts = [
    { userPrincipalName: alex, displayName: 'Alex Wilber', kind: 'personal', id: '00034001d2e3f4a5' },
    { userPrincipalName: megan, displayName: 'Megan Bowen', kind: 'business', password },
  ] as const;
  const onedrive = await createOneDrive({ clock, random: seededRandom(7), accounts, ...options });
  const post: Identity['post'] = async (path, form, headers = {}) => {
    const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await onedrive.fetch(
      new Request(`${origin}/${path}`, { method: 'POST', headers: { ...type, ...headers }, body }),
    );
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
  };
  return {
    onedrive,
    clock,
    browser: () => browser(onedrive.fetch, origin),
    post,
    token: (form) => post('common/oauth2/v2.0/token', { client_id: clientId, ...form }),
    get: (path, headers = {}) => onedrive.fetch(new Request(`${origin}${path}`, { headers })),
    async code(parameters = {}) {
      const person = browser(onedrive.fetch, origin);
      await person.open(authorizeUrl(parameters));
      const signedIn = await person.press('Alex Wilber');
      const { left } = signedIn.left ? signedIn : await person.press('Accept');
      const code = left?.searchParams.get('code');
      if (!code) throw new Error(`No code was returned: ${left?.href ?? 'the browser was not redirected'}`);
      return code;
    },
  };
}

/** An authorization request. Parameters with the value '' are omitted. */
export function authorizeUrl(parameters: Readonly<Record<string, string>> = {}, tenant = 'common'): string {
  const all = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'Files.ReadWrite offline_access',
    state: 'st&te',
    ...parameters,
  };
  const query = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''));
  return `${origin}/${tenant}/oauth2/v2.0/authorize?${query.toString()}`;
}
