/**
 * Operations of the drive API that this server does not implement. The dispatcher answers them with 501 and the reason, and
 * docs/reference/differences.md lists them. Every operation in Microsoft's OpenAPI document is either a route or listed here
 * (test/contract-openapi/coverage.test.ts).
 */

import { matchSegments } from './match.ts';
import type { PathSegment } from './path-segments.ts';
import { notSupported, type ServiceError } from './service-error.ts';

export interface NotServed {
  /** What the pattern is relative to: an item, a drive, or the API prefix. */
  readonly on: 'item' | 'drive' | 'api';
  readonly methods: readonly string[];
  readonly pattern: string;
  readonly why: string;
}

const change = ['PATCH', 'DELETE'] as const;

const why = {
  analytics: 'Analytics are counted by the server and cannot be set.',
  lists: 'Change or delete the list by its address in the site, or as `list` of its drive.',
  directory: 'People, groups, drives and sites are created by the seed, not through the API.',
  undocumented: 'Microsoft does not document this operation.',
  versions: 'Versions are created by content changes only, and cannot be changed.',
  pictures: 'A picture is set with PUT thumbnails/0/source/content.',
  siteColumns: 'This server has columns of lists only: see `columns` of a list.',
  typeColumns: 'The columns of a content type are not stored.',
  webParts: 'Set `canvasLayout` of the page.',
  office: 'This server does not open workbooks.',
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

/** The error for a documented operation that is not implemented; undefined for an unknown operation. */
export function refuseNotServed(
  on: NotServed['on'],
  method: string,
  segments: readonly PathSegment[],
): ServiceError | undefined {
  const entry = notServed.find(
    (one) =>
      one.on === on &&
      one.methods.includes(method === 'HEAD' ? 'GET' : method) &&
      matchSegments(one.pattern, segments) !== undefined,
  );
  if (entry === undefined) return undefined;
  return notSupported(
    `This server does not implement ${method} ${segments.map(({ text }) => text).join('/') || on}. ${entry.why}`,
  );
}
