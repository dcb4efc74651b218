/** Requests to Graph with the token of the session. An expired token is refreshed once. */
import { failure, RequestError } from './failure.ts';
import { grant, refreshGrant, signOut } from './session.ts';

/** Called when the session has ended: `main.ts` shows the sign-in button. */
const listeners = new Set<() => void>();

export function onSessionEnd(listener: () => void): void {
  listeners.add(listener);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const url = path.startsWith('http') ? path : `/v1.0${path}`;
  const attempt = (token: string | undefined) => {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${token ?? ''}`);
    return fetch(url, { ...init, headers });
  };
  const response = await attempt(grant()?.access_token);
  if (response.status !== 401) return response;
  const renewed = await refreshGrant();
  return renewed === undefined ? response : attempt(renewed.access_token);
}

/** The response to a request. @throws RequestError for a status that reports an error. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await send(path, init);
  if (response.status === 401) {
    signOut();
    for (const listener of listeners) listener();
    throw new RequestError(401, 'Your session has ended. Sign in again.');
  }
  if (!response.ok) throw await failure(response);
  return response;
}

/** The JSON of a response. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await request(path, signal === undefined ? {} : { signal });
  return (await response.json()) as T;
}

/** Sends JSON; returns the JSON of the response, or undefined if it has none. */
export async function sendJson<T>(method: string, path: string, body?: unknown): Promise<T | undefined> {
  const response = await request(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return response.status === 204 || response.status === 202 ? undefined : ((await response.json()) as T);
}
