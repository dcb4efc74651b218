/** The question before what cannot be undone. Never asked of a script: that has to say `--yes`. */
import { OneDriveError } from '../../errors/onedrive-error.ts';
import type { Context } from '../context.ts';
import { printable } from '../output/printable.ts';
import { typedLines } from '../sign-in/typed-lines.ts';
import { abortable } from './abortable.ts';

/**
 * Lets the command go on after a yes, from `--yes` or from the person at the terminal.
 * @param what finishes "This will …": `remove 3 objects for good`.
 * @throws OneDriveError `usage` where nobody can be asked, or the answer is no.
 */
export async function confirm(context: Context, what: string): Promise<void> {
  const { flags, streams } = context;
  if (flags.yes) return;
  if (flags.noInput || !streams.stdin.isTTY) {
    throw new OneDriveError('usage', `This would ${what}, which cannot be undone.`, {
      hint: 'Give --yes to do it without being asked, or --dry-run to see what it would do.',
    });
  }
  await ask(context, what);
}

/**
 * Like {@link confirm}, but what nobody can be asked about is done: for commands that scripts of the older tool use,
 * or that do no more than one line names.
 * @throws OneDriveError `usage` where the answer is no.
 */
export async function confirmAtTerminal(context: Context, what: string): Promise<void> {
  const { flags, streams } = context;
  if (flags.yes || flags.noInput || !streams.stdin.isTTY) return;
  await ask(context, what);
}

async function ask({ streams, signal }: Context, what: string): Promise<void> {
  await streams.stderr.write(`This will ${printable(what)}, which cannot be undone. Go on? [y/N] `);
  for await (const line of abortable(typedLines(streams.stdin), signal)) {
    if (/^\s*y(es)?\s*$/i.test(line)) return;
    break;
  }
  throw new OneDriveError('usage', 'Nothing was done: the answer was not yes.');
}
