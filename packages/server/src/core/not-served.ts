/**
 * Operations of the drive API that this server does not do, as data: the dispatcher answers them with 501 and the reason,
 * and docs/reference/differences.md lists them. Whatever Microsoft's OpenAPI document has is either a route or stands
 * here (test/contract-openapi/coverage.test.ts).
 */

import { matchSegments } from './match.ts';
import type { PathSegment } from './path-segments.ts';
import { notSupported, type ServiceError } from './service-error.ts';

export interface NotServed {
  /** What the pattern follows: an item, a drive, or the API prefix itself. */
  readonly on: 'item' | 'drive' | 'api';
  readonly methods: readonly string[];
  readonly pattern: string;
  readonly why: string;
}

const change = ['PATCH', 'DELETE'] as const;

const why = {
  analytics: 'Analytics are counted, not set.',
  lists: 'Change or delete the list by its address in the site, or as `list` of its drive.',
  directory: 'People, groups, drives and sites are made by the seed, not through the API.',
  undocumented: 'Microsoft describes no behaviour for it.',
  versions: 'Versions come into being with content only, and do not change.',
  pictures: 'A picture is set with PUT thumbnails/0/source/content.',
  siteColumns: 'Columns belong to lists here: see `columns` of a list.',
  typeColumns: 'The columns of a content type are not kept.',
  webParts: 'Set `canvasLayout` of the page.',
  office: 'Workbooks are not opened here.',
} as const;

export const notServed: readonly NotServed[] = [
  { on: 'item', methods: change, pattern: 'analytics', why: why.analytics },
  { on: 'item', methods: change, pattern: 'permission', why: 'Change the permission on the item.' },
  { on: 'item', methods: ['POST'], pattern: 'versions', why: why.versions },
  { on: 'item', methods: ['PATCH'], pattern: 'versions/{version}', why: why.versions },
  { on: 'item', methods: ['PUT', 'DELETE'], pattern: 'versions/{version}/content', why: why.versions },
  { on: 'item', methods: ['POST'], pattern: 'thumbnails', why: why.pictures },
  { on: 'item', methods: ['PATCH'], pattern: 'thumbnails/{set}', why: why.pictures },
  { on: 'item', methods: ['DELETE'], pattern: 'content', why: why.undocumented },
  { on: 'item', methods: ['DELETE'], pattern: 'listItem/fields', why: why.undocumented },
  { on: 'item', methods: change, pattern: 'list', why: why.lists },
  { on: 'item', methods: ['GET', 'POST'], pattern: 'workbook', why: why.office },
  { on: 'drive', methods: change, pattern: '', why: why.directory },
  { on: 'drive', methods: ['POST'], pattern: 'items', why: 'Create items among the children of a folder.' },
  { on: 'api', methods: ['POST'], pattern: 'drives', why: why.directory },
  { on: 'api', methods: ['PATCH'], pattern: 'me', why: why.directory },
  { on: 'api', methods: ['POST'], pattern: 'users', why: why.directory },
  { on: 'api', methods: change, pattern: 'users/{user}', why: why.directory },
  { on: 'api', methods: ['POST'], pattern: 'groups', why: why.directory },
  { on: 'api', methods: change, pattern: 'groups/{group}', why: why.directory },
  { on: 'api', methods: ['PATCH'], pattern: 'sites/{site}', why: why.directory },
  { on: 'api', methods: change, pattern: 'sites/{site}/analytics', why: why.analytics },
  { on: 'api', methods: ['GET', 'POST'], pattern: 'sites/{site}/columns', why: why.siteColumns },
  { on: 'api', methods: ['GET', ...change], pattern: 'sites/{site}/columns/{column}', why: why.siteColumns },
  {
    on: 'api',
    methods: ['GET', 'POST'],
    pattern: 'sites/{site}/contentTypes/{type}/columns',
    why: why.typeColumns,
  },
  {
    on: 'drive',
    methods: ['GET', 'POST'],
    pattern: 'list/contentTypes/{type}/columns',
    why: why.typeColumns,
  },
  { on: 'api', methods: ['POST'], pattern: 'sites/{site}/pages/{page}/webParts', why: why.webParts },
  { on: 'api', methods: ['POST'], pattern: 'sites/{site}/pages/{page}/sitePage/webParts', why: why.webParts },
  {
    on: 'api',
    methods: ['POST'],
    pattern: 'sites/{site}/pages/{page}/sitePage/getWebPartsByPosition',
    why: 'Read `webParts`, which lists them in their order.',
  },
  { on: 'api', methods: change, pattern: 'shares/{share}', why: 'Change the permission on the item.' },
];

/** The refusal of an operation that is known and not served; undefined for what nobody knows. */
export function refuseNotServed(
  on: NotServed['on'],
  method: string,
  segments: readonly PathSegment[],
): ServiceError | undefined {
  const found = notServed.find(
    (one) =>
      one.on === on &&
      one.methods.includes(method === 'HEAD' ? 'GET' : method) &&
      matchSegments(one.pattern, segments) !== undefined,
  );
  if (found === undefined) return undefined;
  return notSupported(
    `This server does not serve ${method} ${segments.map(({ text }) => text).join('/') || on}. ${found.why}`,
  );
}
