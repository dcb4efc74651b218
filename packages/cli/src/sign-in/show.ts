/** Shows what a person or a script has to carry to a browser: on stdout, unless stdout is to hold one JSON value. */
import type { Context } from '../context.ts';

/** Writes `text` and a newline, also under `--quiet`: without it nobody can sign in. */
export async function show(context: Context, text: string): Promise<void> {
  const { json, query, objectKey } = context.flags;
  const wantsData = json || query !== undefined || objectKey !== undefined;
  const { stdout, stderr } = context.streams;
  await (wantsData ? stderr : stdout).write(`${text}\n`);
}
