/** The quirk `gzip-answers`: compresses JSON responses for clients that accept gzip, even empty ones. */
import type { Handler, ServerRequest, ServerResponse } from '../../core/http.ts';
import type { World } from '../../core/world.ts';

/** `core`, with compressed responses if the quirk is enabled. Content of files and injected faults are never compressed. */
export function withGzipAnswers(core: Handler, world: World): Handler {
  return async (request) => {
    const response = await core(request);
    if (!world.settings.quirks.includes('gzip-answers')) return response;
    return request.method !== 'HEAD' && acceptsGzip(request) ? await compressed(response) : response;
  };
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding */
function acceptsGzip({ headers }: ServerRequest): boolean {
  return (headers['accept-encoding'] ?? '').split(',').some((coding) => {
    const [name = '', quality = ''] = coding.split(';').map((part) => part.trim().toLowerCase());
    return name === 'gzip' && !/^q=0(?:\.0*)?$/.test(quality);
  });
}

async function compressed(response: ServerResponse): Promise<ServerResponse> {
  const { status, headers, body } = response;
  const gzipHeaders = { ...headers, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding, Origin' };
  if (body === undefined) return status === 202 ? { ...response, headers: gzipHeaders } : response;
  const isJson = headers['Content-Type']?.includes('odata.metadata=') === true;
  if (!isJson || !(typeof body === 'string' || body instanceof Uint8Array)) return response;
  return { status, headers: gzipHeaders, body: await gzip(body) };
}

async function gzip(body: string | Uint8Array): Promise<Uint8Array> {
  const plain = new Blob([typeof body === 'string' ? body : new Uint8Array(body)]);
  const stream = plain.stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
