/**
 * Sharing links opened in a browser: a file is downloaded, a folder is shown as a page that lists its children, and an
 * item's own address redirects to the page of this server. Programs redeem links at `/shares`:
 * https://learn.microsoft.com/graph/api/shares-get. Paths: those that `sharing/links.ts` and the objects of Live v5.0
 * contain.
 */
import { empty } from '../core/answers.ts';
import { base64urlOfText } from '../core/base-encodings.ts';
import type { ServerResponse } from '../core/http.ts';
import type { Route, RouteContext } from '../core/route.ts';
import { itemNotFound, ServiceError } from '../core/service-error.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { ancestors } from '../files/items/tree.ts';
import { closedLinkPage, type SharedEntry, sharedFilePage, sharedFolderPage } from '../page/shared-page.ts';
import type { ChildCursor, Records } from '../storage/storage.ts';
import { type Links, linksOf } from './links.ts';
import { findShare, type Shared } from './shares.ts';

const source = 'https://learn.microsoft.com/graph/api/driveitem-createlink';

const patterns = [
  '/u/{link}',
  '/f/{link}',
  ...[':u:', ':f:'].flatMap((kind) => [`/${kind}/g/personal/{owner}/{link}`, `/${kind}/s/{site}/{link}`]),
  '/embed',
  '/redir.aspx',
];

export const sharedLinkRoutes: readonly Route[] = patterns.map((pattern) => ({
  method: 'GET',
  pattern,
  source,
  opensFromAnySite: pattern === '/embed' ? 'frame' : 'window',
  handle: async (context) => openLink(context, pattern === '/embed'),
}));

/** Number of children on a page of a folder. */
const pageSize = 1000;

function openLink(context: RouteContext, framed: boolean): ServerResponse {
  const { request, world, query } = context;
  const links = linksOf(world, request.url.origin, '/v1.0');
  try {
    return world.storage.read((records) => {
      const share = `u!${base64urlOfText(request.url.href)}`;
      const shared = findShare(records, share, world.clock.now());
      // An address that is not a sharing link gives no access: users sign in to see the item.
      if (shared.permission === undefined) return empty(302, { Location: `${links.origin}/` });
      requireOpen(shared);
      return show(records, { ...shared, item: within(records, shared.item, query.get('below')) }, framed, {
        links,
        here: request.url,
      });
    });
  } catch (error) {
    if (error instanceof ServiceError) return closedLinkPage(error.status, error.message);
    throw error;
  }
}

/** @throws ServiceError 403 for a link that requires a sign-in or a password. */
function requireOpen({ permission }: Shared): void {
  if (permission?.link?.scope === 'anonymous' && permission.password === undefined) return;
  throw new ServiceError(403, 'accessDenied', 'The link requires a sign-in or a password.');
}

/** The shared item, or an item below it. @throws ServiceError 404 for any other item. */
function within(records: Records, shared: ItemRecord, key: string | null): ItemRecord {
  if (key === null) return shared;
  const item = records.item(Number(key));
  const inside = item?.bin === 0 && ancestors(records, item).some(({ key: above }) => above === shared.key);
  if (!inside) throw itemNotFound();
  return item;
}

function show(
  records: Records,
  { drive, item }: Shared,
  framed: boolean,
  { links, here }: { readonly links: Links; readonly here: URL },
): ServerResponse {
  const entry = (one: ItemRecord): SharedEntry => {
    const below = new URL(here);
    below.searchParams.set('below', String(one.key));
    below.searchParams.delete('page');
    const folder = one.blob === null;
    return { name: one.name, href: folder ? below.href : links.download(drive, one), folder, size: one.size };
  };
  if (item.blob !== null && !framed) return empty(302, { Location: links.download(drive, item) });
  if (item.blob !== null) return sharedFilePage(entry(item));
  const pages = Math.max(1, Math.ceil(item.children / pageSize));
  const wanted = Math.floor(Number(here.searchParams.get('page') ?? 1));
  const number = Math.min(Math.max(1, wanted || 1), pages);
  const address = (at: number) => {
    const url = new URL(here);
    url.searchParams.set('page', String(at));
    return url.href;
  };
  const view = {
    entries: childrenOn(records, item, number).map(entry),
    skipped: (number - 1) * pageSize,
    total: item.children,
    previous: number > 1 ? address(number - 1) : undefined,
    next: number < pages ? address(number + 1) : undefined,
  };
  return sharedFolderPage(item.name, view, framed);
}

/** The children on one page, counted from 1. */
function childrenOn(records: Records, folder: ItemRecord, number: number): readonly ItemRecord[] {
  let after: ChildCursor | undefined;
  for (let at = 1; ; at++) {
    const children = records.children(folder.key, { order: 'wire', after, limit: pageSize });
    const last = children.at(-1);
    if (at === number || last === undefined) return children;
    after = { rank: last.rank, value: last.folded, key: last.key };
  }
}
