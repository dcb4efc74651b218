/**
 * Handles names that are taken in BITS uploads. The protocol always overwrites, so the file is uploaded under
 * a temporary name and renamed when complete: renaming is the only request of v5.0 that atomically fails if
 * the name is taken.
 */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import { deleteObject, type LiveClient, type LiveObject, updateObject } from '../../live/index.ts';
import type { Random } from '../../platform/random.ts';
import type { ProviderCall } from './provider.ts';

/** The final name of a file. */
export interface WantedName {
  readonly name: string;
  /** What to do if the name is taken: fail, or use a similar free name. */
  readonly conflict: 'fail' | 'rename';
}

/** A unique temporary name, with the extension that determines the kind of file. */
export function passingName(name: string, random: Random): string {
  const code = Array.from(random.bytes(8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const { extension } = partsOf(name);
  return `upload-${code}${extension.length <= 20 ? extension : ''}`;
}

/** Maximum number of names to try. */
const mostNames = 100;

/**
 * Gives an uploaded file its name. If that fails, the file is deleted.
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
