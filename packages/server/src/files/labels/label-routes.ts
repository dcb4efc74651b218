/**
 * Labels of Microsoft Purview, stored on an item without effect: there are no policies, so any label can be set, and none
 * restricts anything. https://learn.microsoft.com/graph/api/driveitem-setretentionlabel,
 * …/driveitem-assignsensitivitylabel, …/driveitem-extractsensitivitylabels
 */
import { empty, json } from '../../core/answers.ts';
import { readEntity } from '../../core/body.ts';
import type { ServerResponse } from '../../core/http.ts';
import { invalidRequest, itemNotFound, notSupported } from '../../core/service-error.ts';
import { timestamp } from '../../core/timestamps.ts';
import { secretName } from '../../sharing/links.ts';
import { collection } from '../../storage/collection.ts';
import type { Records } from '../../storage/storage.ts';
import { operations } from '../copies/operation-record.ts';
import type { DriveRoute, ItemContext } from '../drives/drive-route.ts';
import { identityJson, type Json } from '../items/item-json.ts';
import type { IdentityRecord, ItemRecord } from '../items/item-record.ts';
import { findItem } from '../items/resolve.ts';

const docs = 'https://learn.microsoft.com/graph/api';
const item = { on: 'item' } as const;

interface RetentionRecord {
  readonly name: string;
  readonly by: IdentityRecord;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

interface SensitivityRecord {
  readonly id: string;
  readonly method: string;
}

/** By item key. */
const retentionLabels = collection<RetentionRecord>('retention-label');
const sensitivityLabels = collection<SensitivityRecord>('sensitivity-label');

export const labelRoutes: readonly DriveRoute[] = [
  {
    ...item,
    method: 'GET',
    tail: 'retentionLabel',
    writes: false,
    source: `${docs}/driveitem-getretentionlabel`,
    handle: getRetention,
  },
  {
    ...item,
    method: 'PATCH',
    tail: 'retentionLabel',
    writes: true,
    source: `${docs}/driveitem-setretentionlabel`,
    handle: setRetention,
  },
  {
    ...item,
    method: 'DELETE',
    tail: 'retentionLabel',
    writes: true,
    source: `${docs}/driveitem-removeretentionlabel`,
    handle: removeRetention,
  },
  {
    ...item,
    method: 'POST',
    tail: 'assignSensitivityLabel',
    writes: true,
    source: `${docs}/driveitem-assignsensitivitylabel`,
    handle: assign,
  },
  {
    ...item,
    method: 'POST',
    tail: 'extractSensitivityLabels',
    writes: false,
    source: `${docs}/driveitem-extractsensitivitylabels`,
    handle: extract,
  },
];

/** @throws ServiceError 400 on personal drives, which have no labels; 404. */
function find(records: Records, context: ItemContext): ItemRecord {
  if (context.drive.kind === 'personal')
    throw notSupported('Labels are available on business drives only.', 400);
  return findItem(records, context.drive, context.selector);
}

function retentionAnswer(context: ItemContext, { name, by, time }: RetentionRecord): ServerResponse {
  const body: Json = {
    '@odata.context': `${context.links.base}/$metadata#itemRetentionLabel/$entity`,
    name,
    isLabelAppliedExplicitly: true,
    labelAppliedBy: identityJson(by),
    labelAppliedDateTime: timestamp(time),
    retentionSettings: {
      behaviorDuringRetentionPeriod: 'retain',
      isDeleteAllowed: true,
      isRecordLocked: false,
      isMetadataUpdateAllowed: true,
      isContentUpdateAllowed: true,
      isLabelUpdateAllowed: true,
    },
  };
  return json(200, body);
}

async function getRetention(context: ItemContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const label = retentionLabels.get(records, String(find(records, context).key));
    if (label === undefined) throw itemNotFound('The item has no retention label.');
    return retentionAnswer(context, label);
  });
}

async function setRetention(context: ItemContext): Promise<ServerResponse> {
  const { name } = await readEntity(context.request);
  if (typeof name !== 'string' || name === '')
    throw invalidRequest('The property name of the retention label is missing.', 'invalidParameterFormat');
  const { id, displayName } = context.caller.account;
  const label = { name, by: { id, displayName }, time: context.world.clock.now() };
  return context.world.storage.write((records) => {
    retentionLabels.put(records, String(find(records, context).key), label);
    return retentionAnswer(context, label);
  });
}

async function removeRetention(context: ItemContext): Promise<ServerResponse> {
  context.world.storage.write((records) => {
    const key = String(find(records, context).key);
    if (retentionLabels.get(records, key) !== undefined) retentionLabels.delete(records, key);
  });
  return empty(204);
}

const methods = new Set(['standard', 'privileged', 'auto']);

/** 202 and a monitor URL of an operation that is already complete. */
async function assign(context: ItemContext): Promise<ServerResponse> {
  const { sensitivityLabelId: id, assignmentMethod: method = 'standard' } = await readEntity(context.request);
  if (typeof id !== 'string' || typeof method !== 'string' || !methods.has(method))
    throw invalidRequest(
      'Specify sensitivityLabelId, and an assignmentMethod of standard, privileged or auto.',
    );
  const { world, drive, links } = context;
  const secret = secretName(world);
  const now = world.clock.now();
  world.storage.write((records) => {
    const item = find(records, context);
    if (item.data.kind !== 'file') throw invalidRequest('Only files can have a sensitivity label.');
    if (id === '') sensitivityLabels.delete(records, String(item.key));
    else sensitivityLabels.put(records, String(item.key), { id, method });
    operations.put(records, secret, {
      operation: 'AssignSensitivityLabel',
      driveId: drive.id,
      status: 'completed',
      started: now,
      due: now,
      resourceId: item.id,
    });
  });
  return empty(202, { Location: links.monitor(drive, secret) });
}

async function extract(context: ItemContext): Promise<ServerResponse> {
  return context.world.storage.read((records) => {
    const label = sensitivityLabels.get(records, String(find(records, context).key));
    const { tenantId } = context.world.settings.identity;
    return json(200, {
      '@odata.context': `${context.links.base}/$metadata#microsoft.graph.extractSensitivityLabelsResult`,
      labels:
        label === undefined
          ? []
          : [{ sensitivityLabelId: label.id, assignmentMethod: label.method, tenantId }],
    });
  });
}
