/**
 * `--encoding`: decodes the command line and text from stdin. Node has already decoded the command line as UTF-8, so
 * another encoding needs the original bytes, which only some systems provide.
 */
import { OneDriveError } from 'onedrive-kit/errors';
import type { World } from './world.ts';

/**
 * A decoder for the label, by the names of https://encoding.spec.whatwg.org/#names-and-labels.
 * @throws OneDriveError `usage` for an unknown label and for `detect`.
 */
export function decoderFor(label: string): TextDecoder {
  if (label === '' || label === 'detect') {
    throw new OneDriveError(
      'usage',
      '--encoding detect is not supported: a wrong guess could select the wrong file.',
      {
        hint: 'Set the encoding, for example: --encoding windows-1251',
      },
    );
  }
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (cause) {
    throw new OneDriveError('usage', `Unknown encoding "${label}".`, {
      cause,
      hint: 'Known encodings: utf-8, windows-1251, koi8-r, gbk, shift_jis, …: https://encoding.spec.whatwg.org/#names-and-labels',
    });
  }
}

/**
 * Decodes the words of the command line from another encoding.
 * @throws OneDriveError `usage` if the bytes are not in that encoding, `not-supported` if the system does not provide them.
 */
export async function redecode(
  words: readonly string[],
  label: string,
  world: World,
): Promise<readonly string[]> {
  const decoder = decoderFor(label);
  if (words.every((word) => /^[\x20-\x7e]*$/.test(word))) return words;
  if (decoder.encoding === 'utf-8') return checked(words);
  const raw = await world.rawArguments();
  if (raw?.length !== words.length) {
    throw new OneDriveError(
      'not-supported',
      `--encoding ${label} is not supported here: the system does not provide the bytes of the command line.`,
      {
        hint: 'Write the command line in UTF-8.',
      },
    );
  }
  return raw.map((bytes) => decode(decoder, bytes, 'The command line'));
}

/** Decodes text from stdin or a file. @throws OneDriveError `usage` if the bytes are not in the decoder's encoding. */
export function decode(decoder: TextDecoder, bytes: Uint8Array, what: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw notInEncoding(what, decoder.encoding, cause);
  }
}

function checked(words: readonly string[]): readonly string[] {
  if (words.some((word) => word.includes('\ufffd'))) throw notInEncoding('The command line', 'utf-8');
  return words;
}

function notInEncoding(what: string, encoding: string, cause?: unknown): OneDriveError {
  return new OneDriveError('usage', `${what} is not valid ${encoding}.`, {
    cause,
    hint: 'Set its encoding, for example: --encoding windows-1251',
  });
}
