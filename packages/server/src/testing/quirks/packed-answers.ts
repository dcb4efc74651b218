/** The quirk `gzip-answers`: what the drive API says is packed for who can unpack it, also where it says nothing. */
import type { Handler, ServerRequest, ServerResponse } from '../../core/http.ts';
import type { World } from '../../core/world.ts';

/** `core`, or the same with packed answers where the quirk is on. Contents are never packed, nor are broken answers. */
export function withPackedAnswers(core: Handler, world: World): Handler {
  if (!world.settings.quirks.includes('gzip-answers')) return core;
  return async (request) => {
    const answer = await core(request);
    return request.method !== 'HEAD' && acceptsGzip(request) ? await packed(answer) : answer;
  };
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding */
function acceptsGzip({ headers }: ServerRequest): boolean {
  return (headers['accept-encoding'] ?? '').split(',').some((wish) => {
    const [name = '', quality = ''] = wish.split(';').map((part) => part.trim().toLowerCase());
    return name === 'gzip' && !/^q=0(?:\.0*)?$/.test(quality);
  });
}

async function packed(answer: ServerResponse): Promise<ServerResponse> {
  const { status, headers, body } = answer;
  const told = { ...headers, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding, Origin' };
  if (body === undefined) return status === 202 ? { ...answer, headers: told } : answer;
  const isJson = headers['Content-Type']?.includes('odata.metadata=') === true;
  if (!isJson || !(typeof body === 'string' || body instanceof Uint8Array)) return answer;
  return { status, headers: told, body: await gzip(body) };
}

async function gzip(body: string | Uint8Array): Promise<Uint8Array> {
  const plain = new Blob([typeof body === 'string' ? body : new Uint8Array(body)]);
  const stream = plain.stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
