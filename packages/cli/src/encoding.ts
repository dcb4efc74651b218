/**
 * `--encoding`: what bytes on the command line and in text from stdin mean. Node has decoded the command line as
 * UTF-8 already, so another encoding goes back to the bytes, where the system shows them.
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
      '--encoding detect is not offered: a guess that is wrong would name the wrong file.',
      {
        hint: 'Name the encoding, for example: --encoding windows-1251',
      },
    );
  }
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (cause) {
    throw new OneDriveError('usage', `There is no encoding "${label}".`, {
      cause,
      hint: 'Names that work: utf-8, windows-1251, koi8-r, gbk, shift_jis, …: https://encoding.spec.whatwg.org/#names-and-labels',
    });
  }
}

/**
 * The words of the command line in another encoding.
 * @throws OneDriveError `usage` when the bytes are not in that encoding, `not-supported` where the system hides them.
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
      `The bytes of the command line cannot be seen here, so ${label} cannot be applied.`,
      {
        hint: 'Write the command line in UTF-8.',
      },
    );
  }
  return raw.map((bytes) => decode(decoder, bytes, 'The command line'));
}

/** Text from stdin or a file. @throws OneDriveError `usage` when the bytes are not in the decoder's encoding. */
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
  return new OneDriveError('usage', `${what} is not ${encoding}.`, {
    cause,
    hint: 'Name the encoding it has, for example: --encoding windows-1251',
  });
}
