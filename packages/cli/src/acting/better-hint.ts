/** The hint of an error in terms of the command that failed: its options, other commands, names that were meant. */
import { listTransfers, MissingPath } from 'onedrive-kit/drive';
import { isOneDriveError, type OneDriveError } from 'onedrive-kit/errors';
import type { Context } from '../context.ts';
import { didYouMean } from '../definition/did-you-mean.ts';
import { Interrupted } from '../errors.ts';
import { journalOf } from '../session/journal.ts';

/** The hint to show in place of the one of the error; undefined to show that. Never throws. */
export async function betterHint(context: Context, error: unknown): Promise<string | undefined> {
  try {
    if (error instanceof Interrupted) return await resumeHint(context);
    if (!isOneDriveError(error)) return undefined;
    const meant = await meantPath(context, error);
    const own = commandHint(context.job.name, error);
    if (meant === undefined && own === undefined) return undefined;
    return [meant && `Did you mean ${meant}?`, own ?? error.hint].filter(Boolean).join(' ');
  } catch {
    return undefined;
  }
}

const placing = 'Use another name, or --conflict replace or --conflict rename.';

/** For a name that is taken, by command. */
const whenTaken: Readonly<Record<string, string>> = {
  mkdir: 'Use another name, or -p to accept an existing folder.',
  cp: placing,
  mv: placing,
  put: 'Leave out -n to replace it, or use --rename to keep both.',
  info_set: 'Use another name.',
  touch: 'Use another name.',
};

/** For an object that does not exist, by command. */
const whenMissing: Readonly<Record<string, string>> = {
  find: 'The argument is the folder to search. To search by name: onedrive-cli find -n PATTERN',
  put: 'The last argument is the folder. To create it: onedrive-cli mkdir -p FOLDER. To upload under another name: --name NAME',
};

/** What the options of a command can do about an error. Pure. */
function commandHint(command: string, { code, hint = '' }: OneDriveError): string | undefined {
  // Hints of the library that say nothing specific begin so.
  if (code === 'conflict' && /^((Choose|Use) another name\b|$)/.test(hint)) return whenTaken[command];
  return code === 'not-found' ? whenMissing[command] : undefined;
}

/** `/Documents` for `/Documnts`: one page of the folder is listed, for a person at a terminal only. */
async function meantPath(context: Context, error: OneDriveError): Promise<string | undefined> {
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

/** The names of a folder, led by what it is below: `''` for the root. */
function pathOf({ anchor, path }: MissingPath['folder']): readonly string[] {
  if (anchor.kind === 'root') return ['', ...path];
  return [anchor.kind === 'id' ? anchor.id : anchor.name, ...path];
}

const transferring: ReadonlySet<string> = new Set(['get', 'put', 'jobs_resume']);

/** Only where something of an interrupted transfer was kept. */
async function resumeHint(context: Context): Promise<string | undefined> {
  if (!transferring.has(context.job.name)) return undefined;
  const kept = await listTransfers(journalOf(context, ''));
  if (kept.length === 0) return undefined;
  return 'To resume, run the same command again, or: onedrive-cli jobs resume';
}
