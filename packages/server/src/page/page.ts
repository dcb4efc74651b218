/** A whole HTML page as a response, with headers that forbid framing, caching and scripts. */
import type { ServerResponse } from '../core/http.ts';
import { type Html, html } from './html.ts';
import { style, styleHash } from './style.ts';

export interface PageOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Wider text column. */
  readonly wide?: boolean;
  /** `'sha256-…'` of the only script that may run. */
  readonly scriptHash?: string;
  /** Whether any site may show the page in a frame. Default: no site may. */
  readonly framed?: boolean;
}

/** An HTML page with this title and content. */
export function page(title: string, content: Html, options: PageOptions = {}): ServerResponse {
  // No form-action: browsers also apply it to the redirect after a form, and that goes to the client's redirect URI.
  const script = options.scriptHash === undefined ? '' : `; script-src ${options.scriptHash}`;
  const framed = options.framed ?? false;
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - embedded OneDrive</title>
<style>${{ markup: style }}</style>
</head>
<body>
<main${options.wide === true && { markup: ' class="wide"' }}>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  return {
    status: options.status ?? 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; style-src ${styleHash}; base-uri 'none'; frame-ancestors ${framed ? '*' : "'none'"}${script}`,
      'Cache-Control': 'no-store',
      // Not no-referrer: browsers would then send `Origin: null` with the server's own forms.
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      ...(framed ? {} : { 'X-Frame-Options': 'DENY' }),
      ...options.headers,
    },
    body: document.markup,
  };
}
