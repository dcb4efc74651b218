/** Pages that a sharing link shows in a browser: the children of a folder, or a file to embed in another page. */
import type { ServerResponse } from '../core/http.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';

/** An item in the list of a folder. */
export interface SharedEntry {
  readonly name: string;
  readonly href: string;
  readonly folder: boolean;
  /** Bytes. */
  readonly size: number;
}

/** One page of a folder. */
export interface SharedFolderPage {
  readonly entries: readonly SharedEntry[];
  /** Number of items before this page. */
  readonly skipped: number;
  /** Number of items in the folder. */
  readonly total: number;
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
}

/** The page of a folder. @param framed whether any site may show it in a frame, as for an embed link. */
export function sharedFolderPage(name: string, view: SharedFolderPage, framed: boolean): ServerResponse {
  const { entries, skipped, total } = view;
  const last = skipped + entries.length;
  const items = total === 1 ? '1 item' : `${count(total)} items`;
  const shown = entries.length === total ? items : `${count(skipped + 1)} to ${count(last)} of ${items}`;
  const content =
    total === 0
      ? html`<p>This folder is empty.</p>`
      : html`<p class="quiet">${shown}</p>\n${entryList(entries)}\n${pager(view)}`;
  return page(name, content, { wide: true, ...(framed ? { framed } : {}) });
}

/** A file to embed in another page. */
export function sharedFilePage(entry: SharedEntry): ServerResponse {
  return page(entry.name, entryList([entry]), { framed: true });
}

function entryList(entries: readonly SharedEntry[]): Html {
  const lines = entries.map(
    ({ name, href, folder, size }) =>
      html`<li class="${folder ? 'folder' : 'file'}"><a href="${href}">${name}</a> <small>${folder ? 'Folder' : sizeText(size)}</small></li>\n`,
  );
  return html`<ul class="entries">\n${lines}</ul>`;
}

function pager({ previous, next }: SharedFolderPage): Html | undefined {
  if (previous === undefined && next === undefined) return undefined;
  return html`<nav class="row" aria-label="Pages">${previous !== undefined && html`<a rel="prev" href="${previous}">Previous page</a> `}${next !== undefined && html`<a rel="next" href="${next}">Next page</a>`}</nav>`;
}

const count = (value: number): string => value.toLocaleString('en');

const units = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const power = Math.min(units.length, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1] ?? ''}`;
}

/** The page of a link that cannot be opened, with the reason. */
export function closedLinkPage(status: number, reason: string): ServerResponse {
  return page('This link cannot be opened', html`<p>${reason}</p>`, { status });
}
