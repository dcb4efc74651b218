/** The server's own pages: the files of an account at `/`, and the tools for developers at `/_page/developer`. */
import type { ServerResponse } from '../core/http.ts';
import type { Route, RouteContext } from '../core/route.ts';
import { itemNotFound } from '../core/service-error.ts';
import { developerShell, filesShell, type Shell, shellMarkup } from './shell.ts';

/** Allows this server's own scripts, styles, pictures and media; forbids frames and form submissions. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

function served(type: string, body: string, headers: Readonly<Record<string, string>>): ServerResponse {
  return {
    status: 200,
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Security-Policy': policy,
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      ...headers,
    },
    body,
  };
}

const document =
  (shell: Shell) =>
  async ({ request }: RouteContext): Promise<ServerResponse> =>
    served('text/html', shellMarkup(shell, request.url.origin).markup, { 'Cache-Control': 'no-store' });

/** A script or style sheet. The browser keeps it, and asks each time whether it has changed. */
async function asset({ params, request }: RouteContext): Promise<ServerResponse> {
  const { assets } = await import('./assets/assets.js');
  const name = params['name'] ?? '';
  const found = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (found === undefined) throw itemNotFound(`The page has no file ${name.slice(0, 100)}.`);
  const headers = { ETag: found.tag, 'Cache-Control': 'no-cache' };
  if (request.headers['if-none-match'] === found.tag) return { status: 304, headers };
  return served(found.type, found.text, headers);
}

const source = 'this server';

/** The routes of the pages. Some clients send `HEAD /` to the login host to find out whether they are online. */
export const pageRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/', source, opensFromAnySite: 'window', handle: document(filesShell) },
  { method: 'GET', pattern: '/_page/developer', source, handle: document(developerShell) },
  { method: 'GET', pattern: '/_page/{name}', source, handle: asset },
];
