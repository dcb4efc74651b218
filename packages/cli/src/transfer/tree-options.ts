/** The options that `get` and `put` share, and their parsing. */
import { type LinkPolicy, type Selection, selectionOf, type TreeOptions } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { dryRunWithoutLetter } from '../actions/dry-run.ts';
import { localBytes } from '../arguments/local-file.ts';
import type { Context } from '../context.ts';
import { wholeNumber } from '../definition/whole-number.ts';
import { decode, decoderFor } from '../encoding.ts';

/** The option for the display of progress. */
export const progressOption = {
  name: 'progress',
  value: 'HOW',
  choices: ['auto', 'json', 'none'],
  default: 'auto',
  description:
    'how to show progress; auto: bars on a terminal, else a line every 30 s; json: one line per event',
} as const;

export const treeOptions = [
  { name: 'recursive', short: 'r', description: 'transfer a folder with everything in it' },
  {
    name: 'include',
    value: 'RULE',
    repeat: true,
    description: 'with -r, transfer only files that match a rule in gitignore syntax (repeatable)',
  },
  {
    name: 'exclude',
    value: 'RULE',
    repeat: true,
    description: 'with -r, skip what matches a rule in gitignore syntax; ! re-includes (repeatable)',
  },
  {
    name: 'exclude-from',
    value: 'FILE',
    repeat: true,
    description: 'read exclude rules from a .gitignore or similar file (- for stdin; repeatable)',
  },
  {
    name: 'files-from',
    value: 'FILE',
    description: 'transfer only the files in this list, separated by newlines or NULs (- for stdin)',
  },
  {
    name: 'links',
    value: 'HOW',
    choices: ['skip', 'follow', 'fail'],
    default: 'skip',
    description: 'local symbolic links: skip and list them, follow them, or fail',
  },
  {
    name: 'again',
    formerly: ['--force'],
    description: 'transfer files even if the target has the same content',
  },
  {
    name: 'transfers',
    value: 'N',
    default: '8',
    description: 'number of files to transfer at the same time',
  },
  progressOption,
  dryRunWithoutLetter,
] as const;

/** The values of {@link treeOptions}. */
export interface TreeFlags {
  readonly recursive: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly 'exclude-from': readonly string[];
  readonly 'files-from': string | undefined;
  readonly links: string;
  readonly again: boolean;
  readonly transfers: string;
  readonly progress: string;
  readonly 'dry-run': boolean;
}

/** Converts the flags to options. @param glob wildcards that files must match. @throws OneDriveError `usage`, `local-file`. */
export async function readTreeFlags(
  context: Context,
  flags: TreeFlags,
  glob?: string,
): Promise<TreeOptions & { readonly selection: Selection }> {
  const transfers = wholeNumber(flags.transfers, '--transfers');
  const list = flags['files-from'];
  if ([list, ...flags['exclude-from']].filter((file) => file === '-').length > 1)
    throw new OneDriveError('usage', '- (stdin) can be used for one list only.');
  const only = list === undefined ? undefined : listedFiles(await textOf(context, list));
  const { include } = flags;
  const exclude: string[] = [];
  // Rules on the command line come last, so that they can override those of a file.
  for (const file of flags['exclude-from']) exclude.push(...linesOf(await textOf(context, file)));
  exclude.push(...flags.exclude);
  const selection = await selectionOf({ include, exclude, only, glob });
  const { signal } = context;
  const links = flags.links as LinkPolicy; // one of the choices of the option
  return {
    selection,
    transfers,
    links,
    force: flags.again,
    dryRun: flags['dry-run'],
    signal,
    as: context.as,
  };
}

/** The names in a list, separated by NULs (as `find -print0` writes them) if there are any, else by newlines. */
function listedFiles(text: string): string[] {
  return text.includes('\0') ? text.split('\0').filter((name) => name !== '') : linesOf(text);
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

async function textOf(context: Context, file: string): Promise<string> {
  const bytes = file === '-' ? context.streams.stdin.bytes() : localBytes(context, context.localPath(file));
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk.slice());
  const what = file === '-' ? 'stdin' : file;
  return decode(decoderFor(context.flags.encoding), Buffer.concat(chunks), what);
}
