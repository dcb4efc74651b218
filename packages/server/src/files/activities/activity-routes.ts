/**
 * What happened to items, and how often: https://learn.microsoft.com/graph/api/itemanalytics-get,
 * …/itemactivitystat-getactivitybyinterval, https://learn.microsoft.com/onedrive/developer/rest-api/api/activities_list
 */
import { json } from '../../core/answers.ts';
import type { ServerResponse } from '../../core/http.ts';
import { answerCollection } from '../../core/odata/answer-collection.ts';
import { invalidRequest, notSupported } from '../../core/service-error.ts';
import { parseTimestamp, timestamp } from '../../core/timestamps.ts';
import type { Records } from '../../storage/storage.ts';
import { type DriveContext, type DriveRoute, type ItemContext, param } from '../drives/drive-route.ts';
import { identityJson, type Json } from '../items/item-json.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { findItem } from '../items/resolve.ts';
import { type Activity, activitiesOf } from './item-activities.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const lacks = 'Earlier names and comments are not kept.';
const preview = 'https://learn.microsoft.com/onedrive/developer/rest-api/api/activities_list';
const get = { method: 'GET', writes: false } as const;

export const activityRoutes: readonly DriveRoute[] = [
  { ...get, on: 'item', tail: 'activities', source: preview, lacks, handle: ofItem },
  { ...get, on: 'drive', tail: 'activities', source: preview, lacks, handle: ofDrive },
  { ...get, on: 'item', tail: 'analytics', source: `${docs}/itemanalytics-get`, handle: analytics },
  { ...get, on: 'item', tail: 'analytics/{span}', source: `${docs}/itemanalytics-get`, handle: oneSpan },
  {
    ...get,
    on: 'item',
    tail: 'getActivitiesByInterval',
    source: `${docs}/itemactivitystat-getactivitybyinterval`,
    handle: byInterval,
  },
];

const day = 24 * 3600_000;

async function ofItem(context: ItemContext): Promise<ServerResponse> {
  return context.world.storage.read((records) =>
    listed(context, activitiesOf(records, findItem(records, context.drive, context.selector))),
  );
}

/** Of the files that changed last: the older ones are not worth a walk over the whole drive. */
async function ofDrive(context: DriveContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const files = records.scan(context.drive.number, {
      recentFiles: true,
      limit: context.world.settings.pageSize,
    });
    const found = files.flatMap((file) => activitiesOf(records, file));
    return listed(
      context,
      [...found].sort((left, right) => right.time - left.time),
    );
  });
}

function listed(context: DriveContext, found: readonly Activity[]): ServerResponse {
  return answerCollection(context, 'activities', found.map(activityJson));
}

function activityJson({ id, time, actor, kind, version, recipients }: Activity): Json {
  const detail =
    recipients === undefined
      ? {}
      : { recipients: recipients.map((displayName) => ({ user: { displayName } })) };
  return {
    id,
    action: { [kind]: detail, ...(version === undefined ? {} : { version: { newVersion: version } }) },
    actor: identityJson(actor),
    times: { recordedDateTime: timestamp(time, 'personal') },
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Counts within a span: fetches since the server started, the rest as the records tell it. */
function stat(records: Records, context: ItemContext, item: ItemRecord, { from, to }: Span): Json {
  const { views } = context.world;
  const access = views.count(item.key, from, to);
  const happened = activitiesOf(records, item).filter(({ time }) => time >= from && time < to);
  const counted = (kind: Activity['kind']): Json => {
    const of = happened.filter((one) => one.kind === kind);
    return {
      actionCount: of.length,
      actorCount: new Set(of.map(({ actor }) => actor.id ?? actor.displayName)).size,
    };
  };
  return {
    startDateTime: timestamp(from, 'personal'),
    endDateTime: timestamp(to, 'personal'),
    access: { actionCount: access.actions, actorCount: access.actors },
    create: counted('create'),
    edit: counted('edit'),
    ...(from < views.since
      ? { incompleteData: { missingDataBeforeDateTime: timestamp(views.since, 'personal') } }
      : {}),
  };
}

/** @throws ServiceError 404, and 400 on personal drives, which have none. */
function found(records: Records, context: ItemContext): ItemRecord {
  if (context.drive.kind === 'personal')
    throw notSupported('Analytics are available on business drives only.', 400);
  return findItem(records, context.drive, context.selector);
}

function spans(context: ItemContext, item: ItemRecord): Readonly<Record<string, Span>> {
  const to = context.world.clock.now() + 1;
  return {
    allTime: { from: item.data.created, to },
    lastSevenDays: { from: Math.max(item.data.created, to - 7 * day), to },
  };
}

async function analytics(context: ItemContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const item = found(records, context);
    const told = Object.entries(spans(context, item)).map(([name, span]) => [
      name,
      stat(records, context, item, span),
    ]);
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#itemAnalytics/$entity`,
      ...(Object.fromEntries(told) as Json),
    });
  });
}

async function oneSpan(context: ItemContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const item = found(records, context);
    const span = spans(context, item)[param(context, 'span')];
    if (span === undefined) throw invalidRequest('Analytics are told of allTime and of lastSevenDays.');
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#itemActivityStats/$entity`,
      ...stat(records, context, item, span),
    });
  });
}

const intervals: Readonly<Record<string, number>> = { day, week: 7 * day, month: 30 * day };
/** Days that one request may span: the page of the method says 90. */
const longest = 90;

async function byInterval(context: ItemContext): Promise<ServerResponse> {
  const [from, to] = ['startDateTime', 'endDateTime'].map((name) =>
    parseTimestamp(dateOf(param(context, name))),
  );
  const width = intervals[param(context, 'interval')];
  if (from === undefined || to === undefined || width === undefined)
    throw invalidRequest('Give startDateTime, endDateTime, and an interval of day, week or month.');
  if (to <= from || to - from > longest * day)
    throw invalidRequest(`The span must end after it starts, within ${longest} days.`);
  const starts = Array.from({ length: Math.ceil((to - from) / width) }, (_, at) => from + at * width);
  return context.world.storage.read((records) => {
    const item = found(records, context);
    const value = starts.map((start) =>
      stat(records, context, item, { from: start, to: Math.min(start + width, to) }),
    );
    return json(200, { '@odata.context': `${context.links.base}/$metadata#itemActivityStats`, value });
  });
}

/** A day stands for its first moment. Beside ISO 8601 the service takes month-day-year, as `11-16-2026` or `11/16/2026`. */
function dateOf(text: string): string {
  const [, month = '', day = '', year = '', rest = ''] =
    /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?:[T ](.+))?$/.exec(text) ?? [];
  const date = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (rest !== '') return `${date}T${rest}`;
  return /^\d{4}-\d\d-\d\d$/.test(date) ? `${date}T00:00:00Z` : date;
}
