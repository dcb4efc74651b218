/** Asks for confirmation before an action that cannot be undone. Scripts must pass `--yes`. */
import { OneDriveError } from 'onedrive-kit/errors';
import type { Context } from '../context.ts';
import { printable } from '../output/printable.ts';
import { typedLines } from '../sign-in/typed-lines.ts';
import { abortable } from './abortable.ts';

/**
 * Returns if the user confirms, with `--yes` or at the terminal.
 * @param action in the imperative, for the question: `permanently delete 3 objects`.
 * @throws OneDriveError `usage` if the user declines or cannot be asked.
 */
export async function confirm(context: Context, action: string): Promise<void> {
  const { flags, streams } = context;
  if (flags.yes) return;
  if (flags.noInput || !streams.stdin.isTTY) {
    throw new OneDriveError('usage', `Confirmation needed to ${action}: this cannot be undone.`, {
      hint: 'To confirm, add --yes. To see what would be done, add --dry-run.',
    });
  }
  await ask(context, action);
}

/**
 * Like {@link confirm}, but returns without a terminal too: for commands that scripts written for python-onedrive use, or
 * that affect only what is named on the command line.
 * @throws OneDriveError `usage` if the user declines.
 */
export async function confirmAtTerminal(
  context: Context,
  action: string,
  consequence = permanent,
): Promise<void> {
  const { flags, streams } = context;
  if (flags.yes || flags.noInput || !streams.stdin.isTTY) return;
  await ask(context, action, consequence);
}

const permanent = 'This cannot be undone.';

async function ask({ streams, signal }: Context, action: string, consequence = permanent): Promise<void> {
  const question = action.slice(0, 1).toUpperCase() + action.slice(1);
  await streams.stderr.write(`${printable(question)}? ${consequence} [y/N] `);
  for await (const line of abortable(typedLines(streams.stdin), signal)) {
    if (/^\s*y(es)?\s*$/i.test(line)) return;
    break;
  }
  throw new OneDriveError('usage', 'Cancelled. Nothing was changed.');
}
