/** Decompresses responses if the request asked for compression: a listing shrinks to a tenth of its size. */
import { OneDriveError } from '../../errors/index.ts';
import type { HttpRequest, HttpResponse } from '../transport.ts';

/**
 * Returns the response as if it had not been compressed; unchanged unless the request had `accept-encoding`.
 */
export function decoded(request: HttpRequest, response: HttpResponse): HttpResponse {
  const encoding = response.headers['content-encoding']?.toLowerCase();
  const bodiless = request.method === 'HEAD' || response.status === 204 || response.status === 304;
  if (!encoding || bodiless || !request.headers['accept-encoding']) return response;
  if (!['gzip', 'x-gzip', 'deflate', 'br'].includes(encoding)) return response;
  const kept = Object.entries(response.headers).filter(([name]) => !/^content-(encoding|length)$/.test(name));
  return {
    status: response.status,
    headers: Object.fromEntries(kept),
    body: unpacked(response.body, encoding),
  };
}

async function* unpacked(
  body: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const [{ createBrotliDecompress, createUnzip }, { pipeline }] = await Promise.all([
    import('node:zlib'),
    import('node:stream'),
  ]);
  const unpack = encoding === 'br' ? createBrotliDecompress() : createUnzip();
  pipeline(body, unpack, () => undefined); // a failure destroys `unpack` with its error, which the loop throws
  try {
    for await (const chunk of unpack) yield chunk as Uint8Array;
  } catch (error) {
    throw isZlibError(error) ? damaged(error) : error;
  }
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^(Z_|ERR_BROTLI|ERR__ERROR)/.test(String(error.code));
}

function damaged(cause: Error): OneDriveError {
  return new OneDriveError('protocol', 'The compressed response is damaged or truncated.', {
    cause,
    hint: 'Try again.',
  });
}
