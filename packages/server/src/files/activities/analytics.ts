/**
 * Analytics: how often items were read, created and edited, for one item or all items of a site:
 * https://learn.microsoft.com/graph/api/itemanalytics-get, …/itemactivitystat-getactivitybyinterval.
 */
import { json } from '../../core/answers.ts';
import type { ServerResponse } from '../../core/http.ts';
import { invalidRequest } from '../../core/service-error.ts';
import { parseTimestamp, timestamp } from '../../core/timestamps.ts';
import type { Records } from '../../storage/storage.ts';
import { type GraphContext, param } from '../drives/drive-route.ts';
import type { Json } from '../items/item-json.ts';
import type { ItemRecord } from '../items/item-record.ts';
import { type Activity, activitiesOf } from './item-activities.ts';

const day = 24 * 3600_000;

/** The items that are counted. */
export interface Analyzed {
  readonly items: readonly ItemRecord[];
  /** When it was created: milliseconds since the epoch. */
  readonly created: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Counts within a time span: downloads since the server started, all other actions from the records. */
function stat(records: Records, { world }: GraphContext, { items }: Analyzed, { from, to }: Span): Json {
  const { views } = world;
  const keys = items.map(({ key }) => key);
  const access = views.count(keys, from, to);
  const happened = items
    .flatMap((item) => activitiesOf(records, item))
    .filter(({ time }) => time >= from && time < to);
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

function spans(context: GraphContext, { created }: Analyzed): Readonly<Record<string, Span>> {
  const to = context.world.clock.now() + 1;
  return {
    alltime: { from: created, to },
    lastsevendays: { from: Math.max(created, to - 7 * day), to },
  };
}

/** `analytics`: all time spans. */
export function answerAnalytics(records: Records, context: GraphContext, analyzed: Analyzed): ServerResponse {
  const { alltime, lastsevendays } = spans(context, analyzed);
  const of = (span: Span | undefined) => span && stat(records, context, analyzed, span);
  return json(200, {
    '@odata.context': `${context.links.base}/$metadata#itemAnalytics/$entity`,
    allTime: of(alltime),
    lastSevenDays: of(lastsevendays),
  });
}

/** `analytics/{span}`. @throws ServiceError 400 for an unknown span. */
export function answerSpan(records: Records, context: GraphContext, analyzed: Analyzed): ServerResponse {
  const span = new Map(Object.entries(spans(context, analyzed))).get(param(context, 'span').toLowerCase());
  if (span === undefined) throw invalidRequest('Analytics are available for allTime and lastSevenDays only.');
  return json(200, {
    '@odata.context': `${context.links.base}/$metadata#itemActivityStats/$entity`,
    ...stat(records, context, analyzed, span),
  });
}

const intervals: ReadonlyMap<string, number> = new Map([
  ['day', day],
  ['week', 7 * day],
  ['month', 30 * day],
]);
/** Maximum number of days of one request: 90, according to the documentation of the method. */
const longest = 90;

interface Interval {
  readonly from: number;
  readonly to: number;
  /** Length of one entry in milliseconds. */
  readonly width: number;
}

/** The arguments of `getActivitiesByInterval`. @throws ServiceError 400. */
function readInterval(context: GraphContext): Interval {
  const [from, to] = ['startDateTime', 'endDateTime'].map((name) =>
    parseTimestamp(dateOf(param(context, name))),
  );
  const width = intervals.get(param(context, 'interval'));
  if (from === undefined || to === undefined || width === undefined)
    throw invalidRequest('Specify startDateTime, endDateTime, and an interval of day, week or month.');
  if (to <= from || to - from > longest * day)
    throw invalidRequest(`The span must end after it starts, within ${longest} days.`);
  return { from, to, width };
}

/** `getActivitiesByInterval(…)`. @throws ServiceError 400 for missing or invalid arguments. */
export function answerIntervals(records: Records, context: GraphContext, analyzed: Analyzed): ServerResponse {
  const { from, to, width } = readInterval(context);
  const starts = Array.from({ length: Math.ceil((to - from) / width) }, (_, at) => from + at * width);
  const value = starts.map((start) =>
    stat(records, context, analyzed, { from: start, to: Math.min(start + width, to) }),
  );
  return json(200, { '@odata.context': `${context.links.base}/$metadata#itemActivityStats`, value });
}

/**
 * Parses a date or time; a date means its first moment. In addition to ISO 8601 the service accepts month-day-year, as in
 * `11-16-2026` or `11/16/2026`.
 */
function dateOf(text: string): string {
  const [, month = '', day = '', year = '', rest = ''] =
    /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?:[T ](.+))?$/.exec(text) ?? [];
  const date = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (rest !== '') return `${date}T${rest}`;
  return /^\d{4}-\d\d-\d\d$/.test(date) ? `${date}T00:00:00Z` : date;
}
