/** The names that local files and folders get in the drive. Pure. */

import type { HintStep } from '../../../errors/index.ts';
import { bytesOfName, hasRawBytes } from '../../../platform/byte-names.ts';
import { nameProblem } from '../../address/item-names.ts';
import { mapName } from '../../address/mapped-names.ts';
import type { Omission } from './omission.ts';

/** How local names become names in the drive. */
export interface NameOptions {
  /** Encoding of local names that are not valid UTF-8. Default: such names are omitted. */
  readonly nameEncoding?: string | undefined;
  /** Replaces names that OneDrive does not allow by similar names that it accepts. Default: false. */
  readonly mapNames?: boolean | undefined;
}

/** A local name, in both forms. */
export interface DriveName {
  /** As text, for events and rules. */
  readonly text: string;
  /** The name in the drive. */
  readonly name: string;
  /** Why the file cannot be uploaded under this name. */
  readonly omission?: Omission | undefined;
}

/**
 * Returns the function that computes the names of local files in the drive.
 * @throws RangeError for an unknown encoding.
 */
export function driveNames({ nameEncoding, mapNames = false }: NameOptions): (local: string) => DriveName {
  const decoder = nameEncoding === undefined ? undefined : new TextDecoder(nameEncoding, { fatal: true });
  return (local) => {
    const text = hasRawBytes(local) ? (decoded(local, decoder) ?? local) : local;
    const name = mapNames ? mapName(text) : text;
    if (hasRawBytes(name)) return { text, name, omission: undecodable(nameEncoding) };
    const problem = nameProblem(name);
    return problem === undefined ? { text, name } : { text, name, omission: refused(problem, mapNames) };
  };
}

/** A local name as text, decoded from `encoding` if it is not valid UTF-8; undefined if it cannot be decoded. */
export function localNameText(local: string, encoding: string): string | undefined {
  return hasRawBytes(local) ? decoded(local, new TextDecoder(encoding, { fatal: true })) : local;
}

function decoded(local: string, decoder: TextDecoder | undefined): string | undefined {
  try {
    return decoder?.decode(bytesOfName(local));
  } catch {
    return undefined;
  }
}

function undecodable(encoding: string | undefined): Omission {
  if (encoding !== undefined)
    return { reason: 'undecodable-name', message: `its name is neither valid UTF-8 nor ${encoding}` };
  return {
    reason: 'undecodable-name',
    message: 'its name is not valid UTF-8',
    hint: { step: 'option', option: 'nameEncoding', value: 'windows-1252', to: 'decode names, for example' },
  };
}

const similarName: HintStep = {
  step: 'option',
  option: 'mapNames',
  value: true,
  to: 'upload it under a similar name',
};

function refused(problem: string, mapNames: boolean): Omission {
  return {
    reason: 'refused-name',
    message: `OneDrive does not allow the name: ${problem}`,
    ...(mapNames ? {} : { hint: similarName }),
  };
}
