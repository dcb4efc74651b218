/** Quirks of what answers say: pure functions from the JSON of an answer to the JSON that the live service sends. */

import type { DriveKind } from '../../people/account-record.ts';
import { consistencyDelay, type QuirkName, shortDriveId } from './quirks.ts';

type Json = Record<string, unknown>;

export interface QuirkyAnswer {
  readonly quirks: ReadonlySet<QuirkName>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What the request was for: a listing, a search, a delta, or something else. */
  readonly of: 'children' | 'search' | 'delta' | 'other';
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The body of an answer, with the quirks that are on. */
export function quirkyJson(body: unknown, answer: QuirkyAnswer): unknown {
  if (!isJson(body)) return body;
  const value = body['value'];
  if (!Array.isArray(value)) return quirkyItem(body, answer);
  const items = (value as unknown[]).flatMap((item) => {
    if (!isJson(item)) return [item];
    if (answer.of !== 'other' && answer.of !== 'delta' && isTooNew(item, answer)) return [];
    const shown = quirkyItem(item, answer);
    const twice = answer.of === 'delta' && answer.quirks.has('delta-duplicates') && !('deleted' in item);
    return twice ? [shown, shown] : [shown];
  });
  return { ...body, value: items };
}

function isTooNew(item: Json, { quirks, now }: QuirkyAnswer): boolean {
  const created = typeof item['createdDateTime'] === 'string' ? Date.parse(item['createdDateTime']) : 0;
  return quirks.has('eventual-consistency') && created + consistencyDelay > now;
}

/** An item and everything in it that is one too. */
function quirkyItem(item: Json, answer: QuirkyAnswer): Json {
  const { quirks } = answer;
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
  if (isJson(item['remoteItem'])) changed['remoteItem'] = quirkyItem(item['remoteItem'], answer);
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
