/**
 * The title and the description of a list, if a client has changed them.
 * https://learn.microsoft.com/graph/api/resources/list
 */
import { invalidRequest } from '../core/service-error.ts';
import { type DriveRecord, driveKey, drives } from '../files/drives/drive-record.ts';
import type { Json } from '../files/items/item-json.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';

export interface ListSettings {
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Number of changes of the list. */
  readonly changes: number;
}

/** By number of the drive. */
const listSettings = collection<ListSettings>('list-settings');

/** The settings of a drive's list; undefined if it was never changed. */
export const settingsOfList = (records: Records, drive: DriveRecord): ListSettings | undefined =>
  listSettings.get(records, String(drive.number));

export interface ListChange {
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
}

const changeable = new Set(['displayName', 'description']);
/** Maximum length in characters, as in SharePoint. */
const longestTitle = 255;
const longestDescription = 4096;

/** Reads a change from a body. @throws ServiceError 400 for other properties and other types. */
export function readListChange(body: Json): ListChange {
  const fixed = Object.keys(body).find((name) => !name.startsWith('@') && !changeable.has(name));
  if (fixed !== undefined)
    throw invalidRequest(`The property ${fixed} of a list cannot be changed.`, 'propertyNotUpdateable');
  const { displayName, description } = body;
  if (displayName !== undefined && (typeof displayName !== 'string' || !isTitle(displayName)))
    throw invalidRequest(
      `The property displayName must be a string of 1 to ${longestTitle} characters.`,
      'invalidParameterFormat',
    );
  if (description !== undefined && description !== null && !isDescription(description))
    throw invalidRequest(
      `The property description must be a string of at most ${longestDescription} characters.`,
      'invalidParameterFormat',
    );
  return {
    ...(displayName === undefined ? {} : { displayName: displayName.trim() }),
    ...(description === undefined ? {} : { description: isDescription(description) ? description : '' }),
  };
}

const isTitle = (text: string): boolean => text.trim() !== '' && text.length <= longestTitle;
const isDescription = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= longestDescription;

/** Changes the list of a drive; the drive of a library has the title of its list. @returns the changed drive. */
export function changeList(
  records: Records,
  drive: DriveRecord,
  change: ListChange,
  now: number,
): DriveRecord {
  const before = settingsOfList(records, drive);
  const changes = (before?.changes ?? 0) + 1;
  listSettings.put(records, String(drive.number), { ...before, ...change, modified: now, changes });
  if (change.displayName === undefined || drive.kind !== 'documentLibrary') return drive;
  const renamed = { ...drive, name: change.displayName };
  drives.put(records, driveKey(drive.id), renamed);
  return renamed;
}

/** Deletes the settings of a list that is deleted. */
export const dropListSettings = (records: Records, drive: DriveRecord): void =>
  listSettings.delete(records, String(drive.number));
