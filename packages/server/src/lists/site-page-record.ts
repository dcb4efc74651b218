/** Pages of sites and their JSON view: https://learn.microsoft.com/graph/api/resources/sitepage */
import { timestamp } from '../core/timestamps.ts';
import { identityJson, type Json } from '../files/items/item-json.ts';
import type { IdentityRecord } from '../files/items/item-record.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';
import { siteUrl } from './site-json.ts';
import type { SiteRecord } from './site-record.ts';

/** Properties that a client may set. */
export interface PageProperties {
  readonly title?: string;
  readonly description?: string;
  readonly thumbnailWebUrl?: string;
  readonly promotionKind?: string;
  readonly showComments?: boolean;
  readonly showRecommendedPages?: boolean;
  readonly titleArea?: Json;
  readonly canvasLayout?: Json;
}

export interface PageRecord {
  /** Lower case. */
  readonly id: string;
  readonly name: string;
  readonly pageLayout: string;
  readonly properties: PageProperties;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly createdBy: IdentityRecord;
  readonly modifiedBy: IdentityRecord;
  /** The number of the last published version. */
  readonly major: number;
  /** Number of changes since it was published; 0 means that the page is published. */
  readonly minor: number;
  /** Number of times the page was stored. */
  readonly writes: number;
}

const pages = collection<PageRecord>('site-page');
const prefixOf = ({ id }: SiteRecord): string => `${id.toLowerCase()}/`;

/** Number of records that are read at once. */
const batch = 100;

/** The pages of a site, by name. */
export function pagesOf(records: Records, site: SiteRecord): readonly PageRecord[] {
  const prefix = prefixOf(site);
  const all: PageRecord[] = [];
  for (let after = prefix; ; ) {
    const rows = records.documents(pages.kind, { after, limit: batch });
    const own = rows.filter(({ key }) => key.startsWith(prefix));
    all.push(...own.map(({ value }) => value as PageRecord));
    if (own.length < batch) break;
    after = rows.at(-1)?.key ?? after;
  }
  return all.sort((left, right) => left.name.localeCompare(right.name, 'en'));
}

/** The page with that id; undefined if the site has none. */
export const pageOf = (records: Records, site: SiteRecord, id: string): PageRecord | undefined =>
  pages.get(records, prefixOf(site) + id.toLowerCase());

export const putPage = (records: Records, site: SiteRecord, page: PageRecord): void =>
  pages.put(records, prefixOf(site) + page.id, page);

export const dropPage = (records: Records, site: SiteRecord, { id }: PageRecord): void =>
  pages.delete(records, prefixOf(site) + id);

/** The content type of pages has this id in every site. */
const contentType = {
  id: '0x0101009D1CB255DA76424F860D91F20E6C4118',
  name: 'Site Page',
} as const;

/** The JSON view of a page, without its canvas, which is included on request. */
export function pageJson(site: SiteRecord, page: PageRecord): Json {
  const eTag = `"{${page.id.toUpperCase()}},${page.writes}"`;
  return {
    '@odata.type': '#microsoft.graph.sitePage',
    '@odata.etag': eTag,
    createdDateTime: timestamp(page.created),
    eTag,
    id: page.id,
    lastModifiedDateTime: timestamp(page.modified),
    name: page.name,
    webUrl: `${siteUrl(site)}/SitePages/${encodeURIComponent(page.name)}`,
    title: page.name.replace(/\.aspx$/i, ''),
    pageLayout: page.pageLayout,
    promotionKind: 'page',
    showComments: true,
    showRecommendedPages: false,
    ...page.properties,
    // Included only with `$expand`; JSON omits undefined properties.
    canvasLayout: undefined,
    contentType,
    createdBy: identityJson(page.createdBy),
    lastModifiedBy: identityJson(page.modifiedBy),
    parentReference: { siteId: site.id.split(',')[1] },
    publishingState: publishingState(page),
    reactions: {},
  };
}

/** A page is checked out by the account that changed it until it is published. */
function publishingState({ major, minor, modifiedBy }: PageRecord): Json {
  const versionId = `${major}.${minor}`;
  if (minor === 0) return { level: 'published', versionId };
  return { level: 'checkout', versionId, checkedOutBy: identityJson(modifiedBy) };
}

/** The web parts of a page: those of all columns of its sections, in their order. */
export function webPartsOf({ properties: { canvasLayout = {} } }: PageRecord): readonly Json[] {
  const { horizontalSections, verticalSection } = canvasLayout;
  const columns = listOf(horizontalSections).flatMap(({ columns }) => listOf(columns));
  return [...columns, ...listOf([verticalSection])].flatMap(({ webparts, webParts = webparts }) =>
    listOf(webParts),
  );
}

const listOf = (value: unknown): readonly Json[] =>
  Array.isArray(value)
    ? value.filter((one): one is Json => typeof one === 'object' && one !== null && !Array.isArray(one))
    : [];
