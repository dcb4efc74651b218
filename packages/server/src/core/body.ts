/** Reads request bodies with a size limit. */
import { parseJson, utf8Text } from './bounded-json.ts';
import type { ServerRequest } from './http.ts';
import { joinBytes } from './join-bytes.ts';
import { invalidRequest, ServiceError } from './service-error.ts';

/** Maximum size of a JSON body, in bytes. */
const jsonLimit = 4 * 1024 * 1024;

/** The declared length in bytes, or undefined. @throws ServiceError 400 if it is not a number. */
export function declaredLength(request: ServerRequest): number | undefined {
  const text = request.headers['content-length'];
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text))
    throw invalidRequest('The Content-Length header is not a number.', 'invalidParameterFormat');
  return Number(text);
}

/** Returns the body as a stream that fails with 413 when it exceeds `limit` bytes. */
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

/** The error for a body that is too large: 413. */
export function tooLarge(limit: number): ServiceError {
  return new ServiceError(413, 'invalidRequest', `The request body is larger than ${limit} bytes.`, {
    inner: ['maxFileSizeExceeded'],
  });
}

/**
 * Parses the JSON object in a body; an empty body is an empty object.
 * @throws ServiceError 400 for anything else.
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
    // Refused below, like every value that is not an object.
  }
  throw invalidRequest('The request body is not a JSON object.', 'invalidParameterFormat');
}

/**
 * Parses the JSON object of a Graph request. Graph's gateway first checks the Content-Type of write requests. Message texts:
 * https://github.com/OneDrive/onedrive-api-docs/issues/1145
 * @throws ServiceError 400 if the Content-Type is missing or is not JSON.
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

/** Reads a whole body. @throws ServiceError 413 if it exceeds `limit` bytes. */
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
 * Decompresses a JSON body: Microsoft's generated clients may compress it. They repeat the request uncompressed after a 415.
 * File content is never decompressed: the service stores the bytes as sent
 * (https://github.com/microsoftgraph/msgraph-sdk-go-core/issues/295).
 */
function plainBody(request: ServerRequest): AsyncIterable<Uint8Array> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return request.body;
  if (encoding !== 'gzip' && encoding !== 'deflate')
    throw new ServiceError(415, 'invalidRequest', `The content encoding ${encoding} is not supported.`);
  return unpacked(request, encoding);
}

/** @throws ServiceError 400 if the bytes are not in this format. */
async function* unpacked(request: ServerRequest, format: 'gzip' | 'deflate'): AsyncGenerator<Uint8Array> {
  const packed = new Blob([new Uint8Array(await readBytes(request, jsonLimit))]);
  try {
    yield* packed.stream().pipeThrough(new DecompressionStream(format));
  } catch {
    throw invalidRequest(`The request body is not a ${format} stream.`, 'invalidParameterFormat');
  }
}

/** Whether a value is a JSON object, not null and not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
