/**
 * Where a copy tells how far it is; no token is asked for. The documents disagree about the answer when it is done
 * (303, 202): 200 with JSON is what clients in use understand.
 * https://learn.microsoft.com/graph/long-running-actions-overview
 */
import { json } from '../../core/answers.ts';
import type { ServerResponse } from '../../core/http.ts';
import type { Route, RouteContext } from '../../core/route.ts';
import { itemNotFound } from '../../core/service-error.ts';
import { timestamp } from '../../core/timestamps.ts';
import { type OperationRecord, operations } from './operation-record.ts';

export const monitorRoute: Route = {
  method: 'GET',
  pattern: '/_monitor/{secret}',
  source: 'https://learn.microsoft.com/graph/long-running-actions-overview',
  handle: tell,
};

/** Milliseconds after which an operation that has not ended was lost with its process. */
const lostAfter = 60_000;

async function tell({ world, params, request }: RouteContext): Promise<ServerResponse> {
  const secret = params['secret'] ?? '';
  const found = world.storage.read((records) => operations.get(records, secret));
  if (found === undefined) throw itemNotFound('The operation was not found.');
  const now = world.clock.now();
  const lost = found.status === 'inProgress' && now > found.due + lostAfter;
  const operation: OperationRecord = lost
    ? {
        ...found,
        status: 'failed',
        error: { code: 'generalException', message: 'The operation was interrupted.' },
      }
    : found;
  const common = {
    '@odata.context': `${request.url.origin}/v1.0/$metadata#drives/operations/$entity`,
    id: secret,
    operation: operation.operation,
    createdDateTime: timestamp(operation.started),
    status: operation.status,
  };
  switch (operation.status) {
    case 'inProgress':
      return json(202, { ...common, percentageComplete: progress(operation, now) });
    case 'completed': {
      const { resourceId = '', driveId } = operation;
      const resourceLocation = `${request.url.origin}/v1.0/drives/${encodeURIComponent(driveId)}/items/${encodeURIComponent(resourceId)}`;
      return json(200, { ...common, percentageComplete: 100, resourceId, resourceLocation });
    }
    case 'failed':
      return json(200, {
        ...common,
        percentageComplete: 0,
        errorCode: operation.error?.code,
        error: operation.error,
      });
  }
}

function progress({ started, due }: OperationRecord, now: number): number {
  const share = due > started ? (now - started) / (due - started) : 0;
  return Math.round(Math.min(share, 0.99) * 1000) / 10;
}
