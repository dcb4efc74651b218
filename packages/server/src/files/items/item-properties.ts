/** Properties of an item that clients send: read with care, as anything may stand there. */
import { isObject } from '../../core/body.ts';
import { invalidRequest } from '../../core/service-error.ts';
import { parseTimestamp } from '../../core/timestamps.ts';
import type { DriveKind } from '../../people/account-record.ts';

/** UTF-16 units. */
const descriptionLimit = 1024;

/** The description, on drives that keep one. @throws ServiceError 400 when it is no text or too long. */
export function readDescription(
  body: Readonly<Record<string, unknown>>,
  kind: DriveKind,
): string | undefined {
  const { description } = body;
  if (description === undefined || kind !== 'personal') return undefined;
  if (description === null) return '';
  if (typeof description !== 'string')
    throw invalidRequest('The property description must be a string.', 'invalidParameterFormat');
  if (description.length > descriptionLimit)
    throw invalidRequest(
      `The description is longer than ${descriptionLimit} characters.`,
      'parameterIsTooLong',
    );
  return description;
}

export interface FileTimes {
  readonly fsCreated?: number;
  readonly fsModified?: number;
}

/** `fileSystemInfo`. @throws ServiceError 400 for what is no time. */
export function readFileTimes(body: Readonly<Record<string, unknown>>): FileTimes {
  const { fileSystemInfo: info } = body;
  if (info === undefined || info === null) return {};
  if (!isObject(info))
    throw invalidRequest('The property fileSystemInfo must be an object.', 'invalidParameterFormat');
  const created = readTime(info, 'createdDateTime');
  const modified = readTime(info, 'lastModifiedDateTime');
  return {
    ...(created === undefined ? {} : { fsCreated: created }),
    ...(modified === undefined ? {} : { fsModified: modified }),
  };
}

function readTime(info: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = info[name];
  if (value === undefined || value === null || value === '') return undefined;
  const ms = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (ms === undefined)
    throw invalidRequest(`The property fileSystemInfo.${name} is not a time.`, 'invalidParameterFormat');
  return ms;
}
