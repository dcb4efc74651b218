/** What may name a record. Stores put keys on disk as paths, so a key must not be able to leave its folder. */
import { OneDriveError } from '../errors/index.ts';

/** One part: starts with a letter, digit or underscore (so `.`, `..` and hidden work files are out). */
const part = /^[\p{L}\p{N}_][\p{L}\p{N}_ .@~+=,-]*$/u;

/**
 * The key itself, when it is relative, slash-separated and harmless on every file system.
 * @throws OneDriveError `usage` otherwise.
 */
export function checkedKey(key: string): string {
  if (key.split('/').every((name) => part.test(name) && !/[ .]$/.test(name) && name.length <= 200))
    return key;
  throw new OneDriveError('usage', `${JSON.stringify(key)} cannot name a stored record.`, {
    hint: 'Use letters, digits and - _ . @ in parts separated by slashes; a part starts with a letter, digit or _.',
  });
}
