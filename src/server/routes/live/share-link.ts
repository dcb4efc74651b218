/** A sharing link of v5.0. From then on the object counts as shared, whether or not the link is used. */
import { cidOf, shortId } from '../../live-v5/live-id.ts';
import { putExtra } from '../../live-v5/live-records.ts';
import { placeOf } from './describe.ts';
import type { LiveItemContext } from './live-route.ts';

export interface ShareLink {
  readonly url: string;
  /** The page that shows the object inside another page. */
  readonly html: string;
}

/** Makes the link; the same one every time. */
export function shareLink(context: LiveItemContext, type: 'view' | 'edit' | 'embed'): ShareLink {
  const { world, item, drive, links } = context;
  return world.storage.write((records) => {
    putExtra(records, item.key, { shared: true });
    const { origin } = new URL(placeOf(context, records).links.web(drive, item, []));
    const key = world.sign(`share ${type} ${drive.number} ${item.key}`).slice(0, 16);
    const query = `cid=${cidOf(drive)}&resid=${shortId(item, drive)}&authkey=!${key}`;
    const page = type === 'embed' ? 'embed' : 'redir.aspx';
    const url = `${origin || links.origin}/${page}?${query}${type === 'edit' ? '&ithint=edit' : ''}`;
    const frame = `<iframe src="${url}" width="98" height="120" frameborder="0" scrolling="no"></iframe>`;
    return { url, html: frame };
  });
}
