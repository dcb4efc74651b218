/** Replaces the hint of an error by one that fits the command: its options, other commands, corrected names. */
import { listTransfers, MissingPath } from 'onedrive-kit/drive';
import { isOneDriveError, type OneDriveError } from 'onedrive-kit/errors';
import type { Context } from '../context.ts';
import { didYouMean } from '../definition/did-you-mean.ts';
import { Interrupted } from '../errors.ts';
import { hintText } from '../output/hint-text.ts';
import { journalOf } from '../session/journal.ts';

/** A better hint than that of the error; undefined to keep that. Never throws. */
export async function hintFor(context: Context, error: unknown): Promise<string | undefined> {
  try {
    if (error instanceof Interrupted) return await resumeHint(context);
    if (!isOneDriveError(error)) return undefined;
    const meant = await suggestedPath(context, error);
    const specific = commandHint(context.job.name, error);
    if (meant === undefined && specific === undefined) return undefined;
    return [meant && `Did you mean ${meant}?`, specific ?? hintText(error.hintSentences, context.flags)]
      .filter(Boolean)
      .join(' ');
  } catch {
    return undefined;
  }
}

const conflictHint = 'Use another name, or --conflict replace or --conflict rename.';

/** Hints for a taken name, by command. */
const whenTaken: Readonly<Record<string, string>> = {
  mkdir: 'Use another name, or -p to accept an existing folder.',
  cp: conflictHint,
  mv: conflictHint,
  put: 'Omit -n to replace it, or use --rename to keep both.',
  info_set: 'Use another name.',
  touch: 'Use another name.',
};

/** Hints for an object that does not exist, by command. */
const whenMissing: Readonly<Record<string, string>> = {
  find: 'The argument is the folder to search. To search by name: onedrive-cli find -n PATTERN',
  put: 'To create the folder, add a slash (FOLDER/), or: onedrive-cli mkdir -p FOLDER',
};

/** The hint of a command for an error. Pure. */
function commandHint(command: string, { code, hintSentences }: OneDriveError): string | undefined {
  // Only general hints of the library are replaced.
  const isGeneral = hintSentences.every(
    (sentence) => typeof sentence !== 'string' && sentence.step === 'name',
  );
  if (code === 'conflict' && isGeneral) return whenTaken[command];
  return code === 'not-found' ? whenMissing[command] : undefined;
}

/** Suggests `/Documents` for `/Documnts`. Lists one page of the folder, and only if stderr is a terminal. */
async function suggestedPath(context: Context, error: OneDriveError): Promise<string | undefined> {
  const { flags, streams, call } = context;
  if (!(error instanceof MissingPath) || flags.json || !streams.stderr.isTTY) return undefined;
  const { folder, missing } = error;
  const drive = await context.drive();
  for await (const page of drive.list(folder, { signal: call.signal }).pages()) {
    const names = new Map(page.map(({ name }) => [name.toLowerCase(), name]));
    const meant = didYouMean(missing.toLowerCase(), [...names.keys()]);
    const name = meant === undefined ? undefined : names.get(meant);
    return name === undefined ? undefined : [...pathOf(folder), name].join('/');
  }
  return undefined;
}

/** The names in the path of a folder, after that of its anchor: `''` for the root. */
function pathOf({ anchor, path }: MissingPath['folder']): readonly string[] {
  if (anchor.kind === 'root') return ['', ...path];
  return [anchor.kind === 'id' ? anchor.id : anchor.name, ...path];
}

const transferCommands: ReadonlySet<string> = new Set(['get', 'put', 'jobs_resume']);

/** A hint after an interrupted transfer that can be resumed. */
async function resumeHint(context: Context): Promise<string | undefined> {
  if (!transferCommands.has(context.job.name)) return undefined;
  const transfers = await listTransfers(journalOf(context, ''));
  if (transfers.length === 0) return undefined;
  return 'To resume, run the same command again, or: onedrive-cli jobs resume';
}
