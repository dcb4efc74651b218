/** Delta, the feed of changes: https://learn.microsoft.com/graph/api/driveitem-delta */
import { json } from '../../core/answers.ts';
import type { ServerResponse } from '../../core/http.ts';
import { prefers, wantsShortcuts } from '../../core/odata/prefer.ts';
import { invalidRequest, ServiceError } from '../../core/service-error.ts';
import { parseTimestamp } from '../../core/timestamps.ts';
import type { Records } from '../../storage/storage.ts';
import { losesTombstone } from '../../testing/quirks/quirks.ts';
import type { DriveContext, DriveRoute } from '../drives/drive-route.ts';
import { listBody, shapeItem } from '../items/answer-items.ts';
import type { ItemSelector } from '../items/drive-address.ts';
import type { Json, Place } from '../items/item-json.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { placesOf } from '../items/place.ts';
import { cachedRecords } from '../items/remembering.ts';
import { findItem } from '../items/resolve.ts';
import { tombstoneJson } from '../items/tombstone-json.ts';
import { isFolder } from '../items/tree.ts';
import { type DeltaView, deltaPage, isSharingOnly, sequenceBefore } from './delta-page.ts';
import { type DeltaToken, readDeltaToken, writeDeltaToken } from './delta-token.ts';

const source = 'https://learn.microsoft.com/graph/api/driveitem-delta';
const root: ItemSelector = { start: { by: 'root' }, path: [] };

export const deltaRoutes: readonly DriveRoute[] = [
  {
    method: 'GET',
    on: 'drive',
    tail: 'delta',
    writes: false,
    source,
    handle: async (context) => delta(context, root, ofItems),
  },
  {
    method: 'GET',
    on: 'item',
    tail: 'delta',
    writes: false,
    source,
    handle: async (context) => delta(context, context.selector, ofItems),
  },
];

/** How changes are returned: as items of a drive, or as items of a list. */
export interface DeltaForm {
  /** Whether the item is included. */
  readonly includes: (item: ItemRecord) => boolean;
  readonly entry: (records: Records, context: DriveContext, item: ItemRecord, told: DeltaPreferences) => Json;
  readonly body: (context: DriveContext, value: readonly Json[], link: Json) => Json;
  /** The address of the delta of a folder, without a token. */
  readonly address: (context: DriveContext, folder: ItemRecord) => string;
}

interface DeltaPreferences {
  readonly place: Place;
  readonly token: DeltaToken;
}

const ofItems: DeltaForm = { includes: () => true, entry, body: listBody, address: itemsAddress };

/** Returns a page of the changes below an item. @throws ServiceError 400, 404, 410. */
export function delta(context: DriveContext, selector: ItemSelector, form: DeltaForm): ServerResponse {
  return context.world.storage.read((snapshot) => {
    const records = cachedRecords(snapshot);
    const folder = findItem(records, context.drive, selector);
    if (!isFolder(folder)) throw invalidRequest('Delta needs a folder.');
    if (folder.parent !== 0 && context.drive.kind !== 'personal')
      throw invalidRequest('On this drive delta is available for the root only.', 'notSupported');
    const text = tokenText(context);
    const token = startOf(records, context, folder, text);
    const links = linksOf(context, folder, form);
    if (text === 'latest')
      return json(200, form.body(context, [], links({ ...token, since: token.cursor }, false)));
    checkAge(records, context, folder, token, form);
    const limit = Math.min(token.top ?? context.world.settings.pageSize, context.world.settings.pageLimit);
    const page = deltaPage(records, token, limit, viewOf(context));
    const place = placesOf(records, context.drive);
    const value = page.items
      .filter((item) => form.includes(item) && !isLost(context, item))
      .map((item) => form.entry(records, context, item, { place: place(item), token }));
    return json(200, form.body(context, value, links({ ...token, cursor: page.cursor }, page.more)));
  });
}

/** Reads the token: clients use `?token=`, `delta(token='…')` and `delta?(token='…')`. */
function tokenText(context: DriveContext): string | undefined {
  const odd = /[?&]\(token=(?:'|%27)([\w-]*)(?:'|%27)\)/i.exec(context.request.url.search);
  const text =
    context.params['token'] ?? context.query.get('token') ?? context.query.get('$skiptoken') ?? odd?.[1];
  return text === undefined || text === '' ? undefined : text;
}

function startOf(
  records: Records,
  context: DriveContext,
  folder: ItemRecord,
  text: string | undefined,
): DeltaToken {
  const { drive, options } = context;
  const last = records.lastSequence(drive.number);
  const fresh = { drive: drive.number, scope: folder.key, select: options.select, top: options.top };
  if (text === undefined) return { ...fresh, since: 0, began: last, cursor: 0 };
  if (text === 'latest') return { ...fresh, since: last, began: last, cursor: last };
  const time = parseTimestamp(text);
  if (time !== undefined) {
    if (drive.kind === 'personal')
      throw invalidRequest(
        'This drive does not accept a timestamp as a delta token.',
        'invalidParameterFormat',
      );
    const since = sequenceBefore(records, drive.number, time);
    return { ...fresh, since, began: since, cursor: since };
  }
  const token = readDeltaToken(text);
  return { ...token, select: options.select ?? token.select, top: options.top ?? token.top };
}

/** @throws ServiceError 410 if the token belongs to another drive, or is older than the stored history. */
function checkAge(
  records: Records,
  context: DriveContext,
  folder: ItemRecord,
  token: DeltaToken,
  form: DeltaForm,
): void {
  const last = records.lastSequence(context.drive.number);
  const foreign = token.drive !== context.drive.number || token.scope !== folder.key || token.cursor > last;
  if (!foreign && (token.since === 0 || last - token.since <= context.world.settings.deltaHistory)) return;
  throw new ServiceError(410, 'resyncRequired', 'The delta token is too old; enumerate the drive again.', {
    // A token of another drive gives no information about the client's state, so the client must keep items that this
    // enumeration does not return.
    inner: [foreign ? 'resyncChangesUploadDifferences' : 'resyncChangesApplyDifferences'],
    headers: { Location: form.address(context, folder) },
  });
}

/** Applies the quirk `lost-tombstones`. */
const isLost = ({ world }: DriveContext, item: ItemRecord): boolean =>
  item.bin !== 0 && world.settings.quirks.includes('lost-tombstones') && losesTombstone(item.sequence);

/** Reads what the client requests: https://learn.microsoft.com/graph/api/driveitem-delta#request-headers */
function viewOf(context: DriveContext): DeltaView {
  const { headers } = context.request;
  return {
    shortcuts: wantsShortcuts(headers),
    ancestors: headers['deltaexcludeparent'] === undefined,
    sharing: prefers(headers, 'deltashowsharingchanges'),
  };
}

function entry(
  records: Records,
  context: DriveContext,
  item: ItemRecord,
  { place, token }: DeltaPreferences,
): Json {
  if (item.bin !== 0) return tombstoneJson(item, place);
  const shaped = shapeItem(records, context, item, place, {
    ...context.options,
    select: token.select,
  });
  return isSharingOnly(item, token) ? { ...shaped, '@microsoft.graph.sharedChanged': 'True' } : shaped;
}

/** Exactly one link: the next link, or the delta link, which continues where this enumeration ends. */
function linksOf(context: DriveContext, folder: ItemRecord, form: DeltaForm) {
  const expand = context.query.get('$expand') ?? context.query.get('expand');
  const expanding = expand === null ? '' : `&$expand=${encodeURIComponent(expand)}`;
  const url = (token: DeltaToken) =>
    `${form.address(context, folder)}?token=${writeDeltaToken(token)}${expanding}`;
  return (token: DeltaToken, more: boolean): Json =>
    more
      ? { '@odata.nextLink': url(token) }
      : { '@odata.deltaLink': url({ ...token, since: token.cursor, began: token.cursor }) };
}

function itemsAddress({ drive, links }: DriveContext, folder: ItemRecord): string {
  const item = folder.parent === 0 ? 'root' : `items/${encodeURIComponent(folder.id)}`;
  return `${links.base}/drives/${encodeURIComponent(drive.id)}/${item}/delta`;
}
