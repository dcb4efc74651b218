/**
 * How often the items of a site were read, created and edited. https://learn.microsoft.com/graph/api/itemanalytics-get,
 * …/itemactivitystat-getactivitybyinterval
 */
import type { ServerResponse } from '../core/http.ts';
import {
  type Analyzed,
  answerAnalytics,
  answerIntervals,
  answerSpan,
} from '../files/activities/analytics.ts';
import type { GraphContext, GraphRoute } from '../files/drives/drive-route.ts';
import type { ItemRecord } from '../files/items/item-record.ts';
import type { Records } from '../storage/storage.ts';
import { siteOf } from './site-access.ts';
import { driveOfLibrary, type SiteRecord } from './site-record.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const get = { method: 'GET', writes: false, access: 'files' } as const;
const lacks = 'Files and folders of the libraries are counted; pages of the site are not.';

export const siteAnalyticsRoutes: readonly GraphRoute[] = [
  {
    ...get,
    path: 'sites/{site}/analytics',
    source: `${docs}/itemanalytics-get`,
    lacks,
    handle: async (context) => analyzed(context, answerAnalytics),
  },
  {
    ...get,
    path: 'sites/{site}/analytics/{span}',
    source: `${docs}/itemanalytics-get`,
    handle: async (context) => analyzed(context, answerSpan),
  },
  {
    ...get,
    path: 'sites/{site}/getActivitiesByInterval',
    source: `${docs}/itemactivitystat-getactivitybyinterval`,
    handle: async (context) => analyzed(context, answerIntervals),
  },
];

function analyzed(
  context: GraphContext,
  answer: (records: Records, context: GraphContext, analyzed: Analyzed) => ServerResponse,
): ServerResponse {
  return context.world.storage.read((records) => {
    const site = siteOf(records, context, 'read');
    return answer(records, context, { items: itemsOf(records, site), created: site.created });
  });
}

/** Number of rows that are read at once. */
const page = 1000;

/** Files and folders of all libraries of a site. */
function itemsOf(records: Records, site: SiteRecord): readonly ItemRecord[] {
  const items: ItemRecord[] = [];
  for (const library of site.libraries) {
    const drive = driveOfLibrary(records, library);
    for (let after = 0; drive !== undefined; ) {
      const rows = records.scan(drive.number, { after, limit: page });
      items.push(...rows.filter(({ parent }) => parent !== 0));
      if (rows.length < page) break;
      after = rows.at(-1)?.key ?? after;
    }
  }
  return items;
}
