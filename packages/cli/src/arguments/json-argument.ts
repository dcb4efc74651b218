/** Reads JSON from the command line, from a file (`@FILE`) or from stdin (`-`). */
import { OneDriveError } from 'onedrive-kit/errors';
import { abortable } from '../actions/abortable.ts';
import type { Context } from '../context.ts';
import { decode, decoderFor } from '../encoding.ts';
import { printable } from '../output/printable.ts';
import { localBytes } from './local-file.ts';

/** Maximum size of the input, in bytes. */
const limit = 64 << 20;

/** The text that `typed` refers to. @throws OneDriveError `local-file`, `usage`. */
async function textArgument(typed: string, context: Context): Promise<string> {
  if (typed === '-')
    return decode(decoderFor(context.flags.encoding), await bytesArgument(typed, context), 'stdin');
  if (!typed.startsWith('@')) return typed;
  return decode(
    new TextDecoder('utf-8', { fatal: true }),
    await bytesArgument(typed, context),
    typed.slice(1),
  );
}

/** The bytes that `typed` refers to. @throws OneDriveError `local-file`. */
export async function bytesArgument(typed: string, context: Context): Promise<Uint8Array> {
  if (typed === '-') return readAll(context.streams.stdin.bytes(), context.signal);
  if (!typed.startsWith('@')) return new TextEncoder().encode(typed);
  return readAll(localBytes(context, context.localPath(typed.slice(1))), context.signal);
}

/** A JSON object. @param name of the argument in the usage line. @throws OneDriveError `usage`. */
export async function objectArgument(
  typed: string,
  name: string,
  context: Context,
): Promise<Readonly<Record<string, unknown>>> {
  const text = await textArgument(typed, context);
  const value = parse(text, name);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new OneDriveError('usage', `${name} is not a JSON object: ${excerpt(text)}`, { hint: example });
}

const example = `Example: '{"description": "Photos of the trip"}'`;

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OneDriveError('usage', `${name} is not valid JSON: ${excerpt(text)}`, { cause, hint: example });
  }
}

function excerpt(text: string): string {
  return printable(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

async function readAll(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of abortable(bytes, signal)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit)
      throw new OneDriveError('usage', 'The input is larger than 64 MiB.', {
        hint: 'To upload files of any size: onedrive-cli put',
      });
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
