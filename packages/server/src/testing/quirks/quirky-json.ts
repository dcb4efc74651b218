/** Quirks of JSON responses: pure functions from the JSON of a response to that of the live service. */

import type { DriveKind } from '../../people/account-record.ts';
import { consistencyDelay, type QuirkName, shortDriveId } from './quirks.ts';

type Json = Record<string, unknown>;

export interface QuirkContext {
  readonly quirks: ReadonlySet<QuirkName>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The kind of the request. */
  readonly of: 'children' | 'search' | 'delta' | 'other';
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The body of a response, changed by the enabled quirks. */
export function quirkyJson(body: unknown, context: QuirkContext): unknown {
  if (!isJson(body)) return body;
  const value = body['value'];
  if (!Array.isArray(value)) return quirkyItem(body, context);
  const items = (value as unknown[]).flatMap((item) => {
    if (!isJson(item)) return [item];
    if (context.of !== 'other' && context.of !== 'delta' && isTooNew(item, context)) return [];
    const quirky = quirkyItem(item, context);
    const twice = context.of === 'delta' && context.quirks.has('delta-duplicates') && !('deleted' in item);
    return twice ? [quirky, quirky] : [quirky];
  });
  return { ...body, value: items };
}

function isTooNew(item: Json, { quirks, now }: QuirkContext): boolean {
  const created = typeof item['createdDateTime'] === 'string' ? Date.parse(item['createdDateTime']) : 0;
  return quirks.has('eventual-consistency') && created + consistencyDelay > now;
}

/** An item and the items in it. */
function quirkyItem(item: Json, context: QuirkContext): Json {
  const { quirks } = context;
  if (quirks.has('no-quota') && isJson(item['quota'])) return withoutQuota(item);
  const reference = item['parentReference'];
  if (!isJson(reference)) return item;
  const changed: Json = { ...item };
  if (quirks.has('url-encoded-names') && typeof item['name'] === 'string')
    changed['name'] = encodeURIComponent(item['name']);
  if (quirks.has('no-hash') && isJson(item['file'])) changed['file'] = withoutHashes(item['file']);
  if (quirks.has('short-drive-id') && typeof reference['driveId'] === 'string') {
    const kind = reference['driveType'] as DriveKind;
    changed['parentReference'] = { ...reference, driveId: shortDriveId(reference['driveId'], kind) };
  }
  if (isJson(item['remoteItem'])) changed['remoteItem'] = quirkyItem(item['remoteItem'], context);
  return changed;
}

function withoutQuota(drive: Json): Json {
  if (drive['driveType'] === 'personal') return drive;
  return { ...drive, quota: { deleted: 0, remaining: 0, total: 0, used: 0 } };
}

function withoutHashes(file: Json): Json {
  const { hashes, ...rest } = file;
  return hashes === undefined ? file : rest;
}
