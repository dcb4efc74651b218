/** `parentReference` in a body: the target folder of an item. */

import { isObject } from '../../core/body.ts';
import { checkConfined } from '../../core/confine.ts';
import { accessContext } from '../../core/guard.ts';
import { decodePath } from '../../core/path-segments.ts';
import { invalidRequest, itemNotFound } from '../../core/service-error.ts';
import { driveNamed, requireLevel } from '../../sharing/access.ts';
import type { Records } from '../../storage/storage.ts';
import { type DriveRecord, driveKey } from '../drives/drive-record.ts';
import type { DriveContext } from '../drives/drive-route.ts';
import type { ItemRecord } from './item-record.ts';
import { findItem, itemById, rootOf } from './resolve.ts';

export interface Target {
  readonly drive: DriveRecord;
  /** Undefined: the body contains only a drive, or nothing. */
  readonly parent: ItemRecord | undefined;
}

/**
 * The target of a body's `parentReference`. Empty strings, which some clients send, are ignored.
 * @throws ServiceError 400 for an invalid reference, 404 for a folder that does not exist.
 */
export function readTarget(
  records: Records,
  context: DriveContext,
  body: Readonly<Record<string, unknown>>,
): Target {
  const reference = body['parentReference'];
  if (reference === undefined || reference === null) return { drive: context.drive, parent: undefined };
  if (!isObject(reference))
    throw invalidRequest('The property parentReference must be an object.', 'invalidParameterFormat');
  const driveId = text(reference, 'driveId');
  const drive =
    driveId === undefined || driveKey(driveId) === driveKey(context.drive.id)
      ? context.drive
      : driveNamed(records, driveId);
  const id = text(reference, 'id');
  if (id === 'root')
    throw invalidRequest('The id "root" cannot be used in parentReference; use the id of the root folder.');
  const path = text(reference, 'path');
  const parent =
    id !== undefined
      ? itemById(records, drive, id)
      : path === undefined
        ? undefined
        : byPath(records, drive, path);
  const into = parent ?? (drive === context.drive ? undefined : rootOf(records, drive));
  if (into !== undefined) checkConfined(records, context.caller, drive, into);
  if (into !== undefined) requireLevel(records, drive, into, { ...accessContext(context), wanted: 'write' });
  return { drive, parent };
}

function text(reference: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = reference[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string')
    throw invalidRequest(`The property parentReference.${name} must be a string.`, 'invalidParameterFormat');
  return value;
}

/** `/drive/root:/a/b`, `/drives/{id}/root:/a/b`: only the part after the colon is used. It may be encoded or not. */
function byPath(records: Records, drive: DriveRecord, path: string): ItemRecord {
  const at = path.indexOf(':');
  const rest = (
    at === -1 ? path.replace(/^\/?(?:me\/)?drives?\/(?:[^/]+\/)?root\/?$/, '') : path.slice(at + 1)
  ).replace(/:$/, '');
  const plain = rest.split('/').filter((name) => name !== '');
  const start = { by: 'root' } as const;
  try {
    return findItem(records, drive, { start, path: plain });
  } catch {
    try {
      return findItem(records, drive, { start, path: decodePath(rest) });
    } catch {
      throw itemNotFound('The folder that parentReference names does not exist.');
    }
  }
}
