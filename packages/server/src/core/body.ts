/** Reading request bodies within limits. */
import { parseJson, utf8Text } from './bounded-json.ts';
import type { ServerRequest } from './http.ts';
import { joinBytes } from './join-bytes.ts';
import { invalidRequest, ServiceError } from './service-error.ts';

/** Bytes; the most that a JSON body may have. */
const jsonLimit = 4 * 1024 * 1024;

/** The declared length in bytes, or undefined. @throws ServiceError 400 when it is no number. */
export function declaredLength(request: ServerRequest): number | undefined {
  const text = request.headers['content-length'];
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text))
    throw invalidRequest('The Content-Length header is not a number.', 'invalidParameterFormat');
  return Number(text);
}

/** A body as it comes, refused once it grows over `limit` bytes: 413. */
export function limitedBody({ body }: ServerRequest, limit: number): AsyncGenerator<Uint8Array> {
  return limited(body, limit);
}

async function* limited(body: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > limit) throw tooLarge(limit);
    yield chunk;
  }
}

/** 413. */
export function tooLarge(limit: number): ServiceError {
  return new ServiceError(413, 'invalidRequest', `The request body is larger than ${limit} bytes.`, {
    inner: ['maxFileSizeExceeded'],
  });
}

/**
 * The JSON object in a body; an empty body is an empty object.
 * @throws ServiceError 400 when it is something else.
 */
export async function readJsonObject(request: ServerRequest): Promise<Record<string, unknown>> {
  const text = await readText(request);
  return text.trim() === '' ? {} : parsedObject(text);
}

function parsedObject(text: string): Record<string, unknown> {
  try {
    const value = parseJson(text);
    if (isObject(value)) return value;
  } catch {
    // Refused below, with the rest of what is not an object.
  }
  throw invalidRequest('The request body is not a JSON object.', 'invalidParameterFormat');
}

/**
 * The same for a request to Graph, whose gateway looks at the Content-Type of what is written first. Wording:
 * https://github.com/OneDrive/onedrive-api-docs/issues/1145
 * @throws ServiceError 400 where something other than JSON is declared, or nothing.
 */
export async function readEntity(request: ServerRequest): Promise<Record<string, unknown>> {
  const text = await readText(request);
  if (text.trim() === '') return {};
  checkDeclaresJson(request.headers['content-type']);
  return parsedObject(text);
}

function checkDeclaresJson(type: string | undefined): void {
  if (type === undefined)
    throw new ServiceError(
      400,
      'BadRequest',
      'Write requests (excluding DELETE) must contain the Content-Type header declaration.',
    );
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type.trim()))
    throw new ServiceError(400, 'BadRequest', 'Entity only allows writes with a JSON Content-Type header.');
}

/** A whole body. @throws ServiceError 413 for one of more than `limit` bytes. */
export async function readBytes(request: ServerRequest, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limitedBody(request, limit)) chunks.push(chunk);
  return joinBytes(chunks);
}

async function readText(request: ServerRequest): Promise<string> {
  try {
    return await utf8Text(limited(plainBody(request), jsonLimit));
  } catch (error) {
    if (error instanceof TypeError)
      throw invalidRequest('The request body is not UTF-8.', 'invalidParameterFormat');
    throw error;
  }
}

/**
 * JSON as it was before the client compressed it, as Microsoft's generated clients may; they send it again plain when
 * they are answered 415. Content is never unpacked: the service keeps the bytes that it is sent
 * (https://github.com/microsoftgraph/msgraph-sdk-go-core/issues/295).
 */
function plainBody(request: ServerRequest): AsyncIterable<Uint8Array> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return request.body;
  if (encoding !== 'gzip' && encoding !== 'deflate')
    throw new ServiceError(415, 'invalidRequest', `The content encoding ${encoding} is not supported.`);
  return unpacked(request, encoding);
}

/** @throws ServiceError 400 for bytes that are not packed so. */
async function* unpacked(request: ServerRequest, format: 'gzip' | 'deflate'): AsyncGenerator<Uint8Array> {
  const packed = new Blob([new Uint8Array(await readBytes(request, jsonLimit))]);
  try {
    yield* packed.stream().pipeThrough(new DecompressionStream(format));
  } catch {
    throw invalidRequest(`The request body is no ${format} stream.`, 'invalidParameterFormat');
  }
}

/** Is it `{…}`? */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
