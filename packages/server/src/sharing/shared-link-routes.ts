/**
 * Sharing links as people open them: a file comes as its bytes, a folder as a page of what it holds, and an item's own
 * address leads to the page of this server. Programs redeem links at `/shares`:
 * https://learn.microsoft.com/graph/api/shares-get. Paths: those that `items/links.ts` and v5.0's objects give out.
 */
import { empty } from '../core/answers.ts';
import { base64urlOfText } from '../core/base-encodings.ts';
import type { ServerResponse } from '../core/http.ts';
import type { Route, RouteContext } from '../core/route.ts';
import { itemNotFound, ServiceError } from '../core/service-error.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import { ancestors } from '../files/items/tree.ts';
import { closedLinkPage, type SharedEntry, sharedPage } from '../page/shared-page.ts';
import type { Records } from '../storage/storage.ts';
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

/** Things of a folder that the page lists. */
const listed = 1000;

function openLink(context: RouteContext, framed: boolean): ServerResponse {
  const { request, world, query } = context;
  const links = linksOf(world, request.url.origin, '/v1.0');
  try {
    return world.storage.read((records) => {
      const share = `u!${base64urlOfText(request.url.href)}`;
      const shared = findShare(records, share, world.clock.now());
      // An address that is no link opens nothing: whoever may see the item signs in.
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

/** @throws ServiceError 403 for a link that asks who somebody is. */
function requireOpen({ permission }: Shared): void {
  if (permission?.link?.scope === 'anonymous' && permission.password === undefined) return;
  throw new ServiceError(403, 'accessDenied', 'It opens for those alone who sign in, or know its password.');
}

/** The shared item, or one beneath it. @throws ServiceError 404 for any other. */
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
    return { name: one.name, href: one.blob === null ? below.href : links.download(drive, one) };
  };
  if (item.blob !== null && !framed) return empty(302, { Location: links.download(drive, item) });
  if (item.blob !== null) return sharedPage(item.name, [entry(item)], framed);
  const children = records.children(item.key, { order: 'name', limit: listed });
  return sharedPage(item.name, children.map(entry), framed);
}
