/** Pages that a sharing link shows in a browser: the entries of a folder, or a file to embed in another page. */
import type { ServerResponse } from '../core/http.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** A link in the list of a folder. */
export interface SharedEntry {
  readonly name: string;
  readonly href: string;
}

/** The page. @param framed whether any site may show it in a frame, as for an embed link. */
export function sharedPage(name: string, entries: readonly SharedEntry[], framed: boolean): ServerResponse {
  const items = entries.map((entry) => html`<li><a href="${entry.href}">${entry.name}</a></li>\n`);
  const content = entries.length === 0 ? html`<p>This folder is empty.</p>` : html`<ul>\n${items}</ul>`;
  return page(name, content, framed ? { headers: anyFrame } : {});
}

/** Overrides X-Frame-Options: https://www.w3.org/TR/CSP3/#frame-ancestors-and-frame-options */
const anyFrame = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors *",
};

/** The page of a link that cannot be opened, with the reason. */
export function closedLinkPage(status: number, reason: string): ServerResponse {
  return page('This link cannot be opened', html`<p>${reason}</p>`, { status });
}
