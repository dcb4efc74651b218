/** The page at `/`: shows the files and state of the server, and how to point a client at it. */
import type { ServerResponse } from '../core/http.ts';
import type { Route } from '../core/route.ts';
import { appMarkup } from './app/markup.ts';
import { appScript } from './app/script.ts';
import { appStyle } from './app/style.ts';

/** Allows this server's own script and style; forbids frames and form submissions. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

function served(type: string, body: string): ServerResponse {
  return {
    status: 200,
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
    },
    body,
  };
}

const source = 'this server';

/** The routes of the page. Some clients send `HEAD /` to the login host to find out whether they are online. */
export const pageRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/',
    source,
    opensFromAnySite: 'window',
    handle: async ({ request }) => served('text/html', appMarkup(request.url.origin).markup),
  },
  {
    method: 'GET',
    pattern: '/_page/app.js',
    source,
    handle: async () => served('text/javascript', appScript),
  },
  { method: 'GET', pattern: '/_page/app.css', source, handle: async () => served('text/css', appStyle) },
];
