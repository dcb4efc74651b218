/**
 * How a BITS upload respects a name that is taken. The protocol always overwrites, so the file is uploaded under a name
 * of its own and renamed once it is whole: a rename is the one request of v5.0 that refuses a taken name, and it does
 * so in the moment in which it is made.
 */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import { deleteObject, type LiveClient, type LiveObject, updateObject } from '../../live/index.ts';
import type { Random } from '../../platform/random.ts';
import type { ProviderCall } from './provider.ts';

/** What a file is to be called in the end. */
export interface WantedName {
  readonly name: string;
  /** Of a taken name: refuse it, or take a free one that is like it. */
  readonly conflict: 'fail' | 'rename';
}

/** A name that nobody else takes, with the extension that says what kind of file it is. */
export function passingName(name: string, random: Random): string {
  const code = Array.from(random.bytes(8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const { extension } = partsOf(name);
  return `upload-${code}${extension.length <= 20 ? extension : ''}`;
}

/** Names that are tried, one after the other. */
const mostNames = 100;

/**
 * Gives an uploaded file its name. Where there is none to be had the file is deleted again.
 * @throws OneDriveError `conflict`; LiveError
 */
export async function settleName(
  client: LiveClient,
  file: string,
  { name, conflict }: WantedName,
  call: ProviderCall,
): Promise<LiveObject> {
  for (const candidate of candidates(name, conflict)) {
    try {
      return await updateObject(client, file, { name: candidate }, call);
    } catch (error) {
      if (!isOneDriveError(error) || error.code !== 'conflict') throw error;
    }
  }
  await deleteObject(client, file, call);
  throw new OneDriveError('conflict', `The name ${JSON.stringify(name)} is taken.`, {
    hint: { step: 'name', conflict: ['replace'] },
  });
}

/** `a.txt`, `a 1.txt`, `a 2.txt` … */
function* candidates(name: string, conflict: WantedName['conflict']): Generator<string, void, undefined> {
  yield name;
  const { stem, extension } = partsOf(name);
  for (let number = 1; conflict === 'rename' && number < mostNames; number++)
    yield `${stem} ${number}${extension}`;
}

function partsOf(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? { stem: name, extension: '' } : { stem: name.slice(0, dot), extension: name.slice(dot) };
}
