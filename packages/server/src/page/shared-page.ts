/** What a sharing link shows in a browser: what a folder holds, or a file in a frame of another page. */
import type { ServerResponse } from '../core/http.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** Something to click on. */
export interface SharedEntry {
  readonly name: string;
  readonly href: string;
}

/** The page. @param framed whether any site may show it in a frame: what an embedding link is for. */
export function sharedPage(name: string, entries: readonly SharedEntry[], framed: boolean): ServerResponse {
  const items = entries.map((entry) => html`<li><a href="${entry.href}">${entry.name}</a></li>\n`);
  const content = entries.length === 0 ? html`<p>This folder is empty.</p>` : html`<ul>\n${items}</ul>`;
  return page(name, content, framed ? { headers: anyFrame } : {});
}

/** It counts where X-Frame-Options says otherwise: https://www.w3.org/TR/CSP3/#frame-ancestors-and-frame-options */
const anyFrame = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors *",
};

/** For a link that does not open by itself, with the reason. */
export function closedLinkPage(status: number, reason: string): ServerResponse {
  return page('This link does not open', html`<p>${reason}</p>`, { status });
}
