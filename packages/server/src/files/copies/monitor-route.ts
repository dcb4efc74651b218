/**
 * The monitor URL of a copy; it requires no token. Microsoft's documents disagree about the response after completion (303
 * or 202); common clients understand 200 with JSON.
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
  handle: reportProgress,
};

/** Milliseconds after which an unfinished operation is considered lost, because its process ended. */
const lostAfter = 60_000;

async function reportProgress({ world, params, request }: RouteContext): Promise<ServerResponse> {
  const secret = params['secret'] ?? '';
  const record = world.storage.read((records) => operations.get(records, secret));
  if (record === undefined) throw itemNotFound('The operation was not found.');
  const now = world.clock.now();
  const isLost = record.status === 'inProgress' && now > record.due + lostAfter;
  const operation: OperationRecord = isLost
    ? {
        ...record,
        status: 'failed',
        error: { code: 'generalException', message: 'The operation was interrupted.' },
      }
    : record;
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
