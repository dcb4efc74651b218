/** The options that `get` and `put` share, and how they are read. */
import { everything, type Selection, selectionOf, type TreeOptions } from '../../drive/index.ts';
import type { Context } from '../context.ts';
import { dryRunOption } from '../dry-run.ts';
import { localBytes } from '../local-file.ts';
import { wholeNumber } from '../whole-number.ts';

export const treeOptions = [
  { name: 'recursive', short: 'r', description: 'a folder, with all that is in it' },
  {
    name: 'include',
    value: 'RULES',
    description:
      'of a folder only files that these rules match, as gitignore writes them, with commas between',
  },
  { name: 'exclude', value: 'RULES', description: 'of a folder nothing that these rules match' },
  {
    name: 'files-from',
    value: 'FILE',
    description: 'of a folder only the files that this file lists, one a line (- for stdin)',
  },
  { name: 'force', description: 'move files also where the same is there already' },
  { name: 'transfers', value: 'N', default: '8', description: 'files at a time' },
  {
    name: 'progress',
    value: 'HOW',
    choices: ['auto', 'json', 'none'],
    default: 'auto',
    description: 'auto draws on a terminal; json prints events, one line each',
  },
  dryRunOption,
] as const;

/** The values of {@link treeOptions}. */
export interface TreeFlags {
  readonly recursive: boolean;
  readonly include: string | undefined;
  readonly exclude: string | undefined;
  readonly 'files-from': string | undefined;
  readonly force: boolean;
  readonly transfers: string;
  readonly progress: string;
  readonly 'dry-run': boolean;
}

/** What is meant by the flags. @param rule one more that files must match. @throws OneDriveError `usage`, `local-file`. */
export async function readTreeFlags(
  context: Context,
  flags: TreeFlags,
  rule?: string,
): Promise<TreeOptions & { readonly selection: Selection }> {
  const transfers = wholeNumber(flags.transfers, '--transfers');
  const only = flags['files-from'] === undefined ? undefined : await linesOf(context, flags['files-from']);
  const include = [...rulesOf(flags.include), ...(rule === undefined ? [] : [rule])];
  const exclude = rulesOf(flags.exclude);
  const all = include.length === 0 && exclude.length === 0 && only === undefined;
  const selection = all ? everything : await selectionOf({ include, exclude, only });
  const { signal } = context;
  return { selection, transfers, force: flags.force, dryRun: flags['dry-run'], signal, as: context.as };
}

function rulesOf(typed: string | undefined): string[] {
  return typed === undefined ? [] : typed.split(',').filter((rule) => rule !== '');
}

async function linesOf(context: Context, file: string): Promise<string[]> {
  const bytes = file === '-' ? context.streams.stdin.bytes() : localBytes(context, context.localPath(file));
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of bytes) text += decoder.decode(chunk, { stream: true });
  return text.split(/\r?\n/).filter((line) => line !== '');
}
