/** Validates the properties of an item that clients send. */
import { isObject } from '../../core/body.ts';
import { invalidRequest } from '../../core/service-error.ts';
import { parseTimestamp } from '../../core/timestamps.ts';
import type { DriveKind } from '../../people/account-record.ts';

/** UTF-16 units. */
const descriptionLimit = 1024;

/** The description, on drives that support it. @throws ServiceError 400 if it is not a string or is too long. */
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

/** Reads `fileSystemInfo`. @throws ServiceError 400 for invalid times. */
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
    throw invalidRequest(`The property fileSystemInfo.${name} is not a timestamp.`, 'invalidParameterFormat');
  return ms;
}
