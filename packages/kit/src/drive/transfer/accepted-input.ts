/** Converts what people have to upload into one of the two forms that uploads use, or reports what is accepted. */
import { OneDriveError } from '../../errors/index.ts';
import {
  blobSource,
  bytesSource,
  type Chunks,
  type FileSource,
  type StreamSource,
  type WebStream,
} from './file-source.ts';
import { sizedStreamSource } from './sized-stream-source.ts';

/** Content that can be uploaded. Streams are read once; a `FileSource` can be read again to resume. */
export type UploadInput =
  | FileSource
  | StreamSource
  | WebStream
  | Chunks
  | ArrayBuffer
  | ArrayBufferView
  | Blob
  | string;

/** Content that can be read again, or a stream of unknown size. */
export type ReadyInput =
  | { readonly kind: 'source'; readonly source: FileSource }
  | { readonly kind: 'stream'; readonly stream: AsyncIterable<Uint8Array>; readonly facts: StreamFacts };

type StreamFacts = Pick<StreamSource, 'name' | 'modifiedMs'>;

/**
 * Converts an input.
 * @throws OneDriveError `usage` for anything else than an {@link UploadInput}.
 */
export function acceptedInput(input: UploadInput): ReadyInput {
  if (typeof input === 'string') return source(bytesSource(new TextEncoder().encode(input)));
  if (input instanceof ArrayBuffer) return source(bytesSource(new Uint8Array(input)));
  if (ArrayBuffer.isView(input))
    return source(bytesSource(new Uint8Array(input.buffer, input.byteOffset, input.byteLength)));
  if (input instanceof Blob) return source(blobSource(input));
  if (isObject(input)) {
    if (isFileSource(input)) return source(input);
    const chunks = chunksOf(input);
    if (chunks !== undefined) return { kind: 'stream', stream: chunks, facts: {} };
    if ('stream' in input) return namedStream(input);
  }
  throw new OneDriveError('usage', `${describe(input)} cannot be uploaded.`, {
    hint: 'Pass a string, bytes (Uint8Array, ArrayBuffer), a Blob or File, a ReadableStream, a Node Readable or another async iterable of bytes, { stream, size }, or a source such as fromFile(path).',
  });
}

const source = (value: FileSource): ReadyInput => ({ kind: 'source', source: value });

function namedStream({ stream, size, name, modifiedMs }: StreamSource): ReadyInput {
  const chunks = isObject(stream) ? chunksOf(stream) : undefined;
  if (chunks === undefined)
    throw new OneDriveError('usage', `The member "stream" is ${describe(stream)}, not a stream.`, {
      hint: 'Pass a ReadableStream, a Node Readable or another async iterable of bytes.',
    });
  if (size === undefined) return { kind: 'stream', stream: chunks, facts: { name, modifiedMs } };
  if (!Number.isSafeInteger(size) || size < 0)
    throw new OneDriveError('usage', `The size of the stream is ${String(size)}.`, {
      hint: 'Pass its exact number of bytes, or omit the size.',
    });
  return source({ ...sizedStreamSource(chunks, size), name, modifiedMs });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isFileSource(value: object): value is FileSource {
  return 'fingerprint' in value && 'read' in value && 'close' in value && 'size' in value;
}

/** The chunks of a stream as bytes; undefined if it is not a stream. */
function chunksOf(value: object): AsyncIterable<Uint8Array> | undefined {
  if (Symbol.asyncIterator in value) return encoded(value as Chunks);
  return 'getReader' in value ? webChunks(value as WebStream) : undefined;
}

async function* encoded(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for await (const chunk of chunks as AsyncIterable<unknown>) {
    if (typeof chunk === 'string') yield encoder.encode(chunk);
    else if (chunk instanceof ArrayBuffer) yield new Uint8Array(chunk);
    else if (ArrayBuffer.isView(chunk))
      yield new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    else
      throw new OneDriveError('usage', `The stream contains ${describe(chunk)}, which is not bytes.`, {
        hint: 'Streams contain Uint8Array, ArrayBuffer or strings.',
      });
  }
}

/** Safari has no async iterator of ReadableStream. */
async function* webChunks(stream: WebStream): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      isDone = done;
      if (done) return;
      if (value !== undefined) yield value;
    }
  } finally {
    if (!isDone) await reader.cancel().catch(() => undefined);
  }
}

function describe(value: unknown): string {
  if (!isObject(value)) return value === null || value === undefined ? String(value) : `A ${typeof value}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  const type = isObject(prototype) ? prototype.constructor.name : 'Object';
  return `An object of the type ${type}`;
}
