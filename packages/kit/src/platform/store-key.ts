/**
 * Validates the keys of records. Stores use keys as paths on disk, so a key must not be able to leave its
 * folder.
 */
import { OneDriveError } from '../errors/index.ts';

/**
 * One part: starts with a letter, digit or underscore (which excludes `.`, `..` and hidden temporary files).
 */
const part = /^[\p{L}\p{N}_][\p{L}\p{N}_ .@~+=,-]*$/u;

/**
 * Returns the key if it is relative, slash-separated and valid on every file system.
 * @throws OneDriveError `usage` otherwise.
 */
export function checkedKey(key: string): string {
  if (key.split('/').every((name) => part.test(name) && !/[ .]$/.test(name) && name.length <= 200))
    return key;
  throw new OneDriveError('usage', `Invalid record key: ${JSON.stringify(key)}.`, {
    hint: 'Use letters, digits and - _ . @ in parts separated by slashes; a part starts with a letter, digit or _.',
  });
}
