/** The options that `get` and `put` share, and how they are read. */
import { type LinkPolicy, type Selection, selectionOf, type TreeOptions } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { dryRunOption } from '../actions/dry-run.ts';
import { localBytes } from '../arguments/local-file.ts';
import type { Context } from '../context.ts';
import { wholeNumber } from '../definition/whole-number.ts';

/** How a transfer is shown. */
export const progressOption = {
  name: 'progress',
  value: 'HOW',
  choices: ['auto', 'json', 'none'],
  default: 'auto',
  description: 'auto draws on a terminal; json prints events, one line each',
} as const;

export const treeOptions = [
  { name: 'recursive', short: 'r', description: 'a folder, with all that is in it' },
  {
    name: 'include',
    value: 'RULE',
    repeat: true,
    description: 'of a folder only files that this rule matches, as gitignore writes them; repeatable',
  },
  {
    name: 'exclude',
    value: 'RULE',
    repeat: true,
    description: 'of a folder nothing that this rule matches; repeatable, ! takes back',
  },
  {
    name: 'exclude-from',
    value: 'FILE',
    repeat: true,
    description: 'rules to exclude by, from a .gitignore or a file like it (- for stdin)',
  },
  {
    name: 'files-from',
    value: 'FILE',
    description:
      'of a folder only the files that this file lists, one a line or with a NUL after each (- for stdin)',
  },
  {
    name: 'links',
    value: 'HOW',
    choices: ['skip', 'follow', 'fail'],
    default: 'skip',
    description: 'symbolic links among local files: skip and list them, follow them, or fail on each',
  },
  { name: 'force', description: 'move files also where the same is there already' },
  { name: 'transfers', value: 'N', default: '8', description: 'files at a time' },
  progressOption,
  dryRunOption,
] as const;

/** The values of {@link treeOptions}. */
export interface TreeFlags {
  readonly recursive: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly 'exclude-from': readonly string[];
  readonly 'files-from': string | undefined;
  readonly links: string;
  readonly force: boolean;
  readonly transfers: string;
  readonly progress: string;
  readonly 'dry-run': boolean;
}

/** What is meant by the flags. @param glob wildcards that files must match. @throws OneDriveError `usage`, `local-file`. */
export async function readTreeFlags(
  context: Context,
  flags: TreeFlags,
  glob?: string,
): Promise<TreeOptions & { readonly selection: Selection }> {
  const transfers = wholeNumber(flags.transfers, '--transfers');
  const list = flags['files-from'];
  if ([list, ...flags['exclude-from']].filter((file) => file === '-').length > 1)
    throw new OneDriveError('usage', 'stdin can be read for one list only.');
  const only = list === undefined ? undefined : listedFiles(await textOf(context, list));
  const { include } = flags;
  const exclude: string[] = [];
  // Rules on the command line come last, so that they can take back what a file says.
  for (const file of flags['exclude-from']) exclude.push(...linesOf(await textOf(context, file)));
  exclude.push(...flags.exclude);
  const selection = await selectionOf({ include, exclude, only, glob });
  const { signal } = context;
  const links = flags.links as LinkPolicy; // one of the choices of the option
  return {
    selection,
    transfers,
    links,
    force: flags.force,
    dryRun: flags['dry-run'],
    signal,
    as: context.as,
  };
}

/** No name has a NUL in it, so one anywhere means that NULs stand between names, as `find -print0` writes them. */
function listedFiles(text: string): string[] {
  return text.includes('\0') ? text.split('\0').filter((name) => name !== '') : linesOf(text);
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

async function textOf(context: Context, file: string): Promise<string> {
  const bytes = file === '-' ? context.streams.stdin.bytes() : localBytes(context, context.localPath(file));
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of bytes) text += decoder.decode(chunk, { stream: true });
  return text;
}
