/** Sharing links to view or edit an object. Source: MSDN dn631834, "File object". */
import type { LiveAnswer, LiveItemContext, LiveRoute } from './live-route.ts';
import { shareLink } from './share-link.ts';

const source = 'MSDN dn631834, "File object"';

export const linkRoutes: readonly LiveRoute[] = [
  {
    method: 'GET',
    on: 'item',
    tail: 'shared_read_link',
    access: 'read',
    source,
    handle: (context) => link(context, 'view'),
  },
  {
    method: 'GET',
    on: 'item',
    tail: 'shared_edit_link',
    access: 'write',
    source,
    handle: (context) => link(context, 'edit'),
  },
  { method: 'GET', on: 'item', tail: 'embed', access: 'read', source, handle: embed },
];

async function link(context: LiveItemContext, type: 'view' | 'edit'): Promise<LiveAnswer> {
  return { status: 200, json: { link: shareLink(context, type).url } };
}

async function embed(context: LiveItemContext): Promise<LiveAnswer> {
  return { status: 200, json: { embed_html: shareLink(context, 'embed').html } };
}
