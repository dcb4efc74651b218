/**
 * Activities and analytics of items: https://learn.microsoft.com/graph/api/itemanalytics-get,
 * …/itemactivitystat-getactivitybyinterval, https://learn.microsoft.com/onedrive/developer/rest-api/api/activities_list
 */
import type { ServerResponse } from '../../core/http.ts';
import { answerCollection } from '../../core/odata/answer-collection.ts';
import { notSupported } from '../../core/service-error.ts';
import { timestamp } from '../../core/timestamps.ts';
import type { Records } from '../../storage/storage.ts';
import type { DriveContext, DriveRoute, ItemContext } from '../drives/drive-route.ts';
import { identityJson, type Json } from '../items/item-json.ts';
import { findItem } from '../items/resolve.ts';
import { type Analyzed, answerAnalytics, answerIntervals, answerSpan } from './analytics.ts';
import { type Activity, activitiesOf } from './item-activities.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const lacks = 'Earlier names and comments are not stored.';
const preview = 'https://learn.microsoft.com/onedrive/developer/rest-api/api/activities_list';
const get = { method: 'GET', writes: false } as const;

export const activityRoutes: readonly DriveRoute[] = [
  { ...get, on: 'item', tail: 'activities', source: preview, lacks, handle: ofItem },
  { ...get, on: 'drive', tail: 'activities', source: preview, lacks, handle: ofDrive },
  {
    ...get,
    on: 'item',
    tail: 'analytics',
    source: `${docs}/itemanalytics-get`,
    handle: async (context) => analyzed(context, answerAnalytics),
  },
  {
    ...get,
    on: 'item',
    tail: 'analytics/{span}',
    source: `${docs}/itemanalytics-get`,
    handle: async (context) => analyzed(context, answerSpan),
  },
  {
    ...get,
    on: 'item',
    tail: 'getActivitiesByInterval',
    source: `${docs}/itemactivitystat-getactivitybyinterval`,
    handle: async (context) => analyzed(context, answerIntervals),
  },
];

async function ofItem(context: ItemContext): Promise<ServerResponse> {
  return context.world.storage.read((records) =>
    listed(context, activitiesOf(records, findItem(records, context.drive, context.selector))),
  );
}

/** Only of recently changed files, because older ones would require a walk over the whole drive. */
async function ofDrive(context: DriveContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const files = records.scan(context.drive.number, {
      recentFiles: true,
      limit: context.world.settings.pageSize,
    });
    const activities = files.flatMap((file) => activitiesOf(records, file));
    return listed(
      context,
      [...activities].sort((left, right) => right.time - left.time),
    );
  });
}

function listed(context: DriveContext, activities: readonly Activity[]): ServerResponse {
  return answerCollection(context, 'activities', activities.map(activityJson));
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

/** Returns a response about one item. @throws ServiceError 404; 400 on personal drives, which have no analytics. */
function analyzed(
  context: ItemContext,
  answer: (records: Records, context: ItemContext, analyzed: Analyzed) => ServerResponse,
): Promise<ServerResponse> {
  if (context.drive.kind === 'personal')
    throw notSupported('Analytics are available on business drives only.', 400);
  return Promise.resolve(
    context.world.storage.read((records) => {
      const item = findItem(records, context.drive, context.selector);
      return answer(records, context, { items: [item], created: item.data.created });
    }),
  );
}
