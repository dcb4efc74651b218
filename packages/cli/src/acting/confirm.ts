/** The question before what cannot be undone. Never asked of a script: that has to say `--yes`. */
import { OneDriveError } from 'onedrive-kit/errors';
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
    throw new OneDriveError('usage', `Confirmation needed to ${what}: this cannot be undone.`, {
      hint: 'Confirm with --yes, or see what it would do with --dry-run.',
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
  const question = what.slice(0, 1).toUpperCase() + what.slice(1);
  await streams.stderr.write(`${printable(question)}? This cannot be undone. [y/N] `);
  for await (const line of abortable(typedLines(streams.stdin), signal)) {
    if (/^\s*y(es)?\s*$/i.test(line)) return;
    break;
  }
  throw new OneDriveError('usage', 'Cancelled. Nothing was changed.');
}
