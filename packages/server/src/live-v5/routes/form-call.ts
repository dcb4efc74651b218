/**
 * Requests of Microsoft's JavaScript SDK (wl.js): every request other than GET is a POST of a form, with the method in the
 * query and everything else in the form, including the token; nested properties have names with dots. If a script can only
 * send GET, everything is in the query. Sources: wl.js 5.3, prepareXDRRequest and flattenApiBody; MSDN dn631829, `method`
 * and `callback`.
 */
import { limitedBody } from '../../core/body.ts';
import { utf8Text } from '../../core/bounded-json.ts';
import type { ServerRequest } from '../../core/http.ts';
import { refusals } from '../live-refusal.ts';

/** Parameters of the request itself; all others are properties of the object. */
const controls: ReadonlySet<string> = new Set([
  'access_token',
  'callback',
  'downsize_photo_uploads',
  'interface_method',
  'locale',
  'method',
  'overwrite',
  'pretty',
  'return_ssl_resources',
  'suppress_redirects',
  'suppress_response_codes',
  'ts',
  'x_http_live_library',
]);

/** Maximum size of a form in bytes. */
const limit = 1024 * 1024;

/** Moves the parameters of a form to the query, so that only the properties remain in the body. */
export async function unfolded(request: ServerRequest): Promise<ServerRequest> {
  if (!isFormCall(request)) return request;
  const url = new URL(request.url);
  const properties = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(await readText(request))) {
    if (!controls.has(name)) properties.append(name, value);
    else if (!url.searchParams.has(name)) url.searchParams.append(name, value);
  }
  return { ...request, url, body: one(properties.toString()) };
}

/** Some clients send content with the type of a form, so bodies for `files` and `content` are left unchanged. */
function isFormCall({ method, headers, url }: ServerRequest): boolean {
  return (
    method === 'POST' &&
    /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '') &&
    !/\/(?:files|content)(?:\/|$)/.test(url.pathname)
  );
}

function readText(request: ServerRequest): Promise<string> {
  return utf8Text(limitedBody(request, limit)).catch((error: unknown) => {
    throw error instanceof TypeError ? refusals.bodyInvalid('it is not UTF-8') : error;
  });
}

async function* one(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  if (text !== '') yield new TextEncoder().encode(text);
}

/** The properties in the query of a GET request that stands for another method. */
export function propertiesInQuery({ searchParams }: URL): Readonly<Record<string, unknown>> {
  if (!searchParams.has('method')) return {};
  return nested([...searchParams].filter(([name]) => !controls.has(name)));
}

/** `user.id=1` is the property `id` of the property `user`. */
export function nested(entries: Iterable<readonly [string, string]>): Readonly<Record<string, unknown>> {
  const properties = new Map<string, unknown>();
  for (const [name, value] of entries) {
    const [outer = '', ...inner] = name.split('.');
    const within = properties.get(outer);
    const container = typeof within === 'object' ? within : {};
    properties.set(outer, inner.length === 0 ? value : { ...container, [inner.join('.')]: value });
  }
  return Object.fromEntries(properties);
}
