/** Shows an address or a code for a browser: on stdout, or on stderr if stdout is for JSON. */
import type { Context } from '../context.ts';

/** Writes `text` and a newline, also with `--quiet`, because the user needs it to sign in. */
export async function show(context: Context, text: string): Promise<void> {
  const { json, query, objectKey } = context.flags;
  const wantsData = json || query !== undefined || objectKey !== undefined;
  const { stdout, stderr } = context.streams;
  await (wantsData ? stderr : stdout).write(`${text}\n`);
}
