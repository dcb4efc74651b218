/** Properties in a request's body: JSON, or a form, which is what scripts send. */

import { isObject } from '../../core/body.ts';
import { parseJson, utf8Text } from '../../core/bounded-json.ts';
import type { ServerRequest } from '../../core/http.ts';
import { refusals } from '../live-refusal.ts';
import { nested, propertiesInQuery } from './form-call.ts';

/** Bytes of a body that holds properties. */
const limit = 1024 * 1024;

/** A body as it comes. @throws LiveRefusal 413 once it grows over `most` bytes. */
export async function* liveBody(
  request: ServerRequest,
  most: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > most) throw refusals.tooLarge(most);
    yield chunk;
  }
}

/** The properties. @throws LiveRefusal 400 when the body is neither a JSON object nor a form. */
export async function readProperties(request: ServerRequest): Promise<Readonly<Record<string, unknown>>> {
  const text = await utf8Text(liveBody(request, limit)).catch((error: unknown) => {
    throw error instanceof TypeError ? refusals.bodyInvalid('it is not UTF-8') : error;
  });
  if (text.trim() === '') return propertiesInQuery(request.url);
  const type = request.headers['content-type'] ?? '';
  // Scripts send forms of no type, and JSON that they call a form.
  if (/^(?:application\/x-www-form-urlencoded\b|$)/i.test(type) && !text.trimStart().startsWith('{'))
    return nested(new URLSearchParams(text));
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    throw refusals.bodyInvalid('it is not JSON');
  }
  if (!isObject(value)) throw refusals.bodyInvalid('it is not a JSON object');
  return value;
}

/** A property that is text; undefined where it is absent. @throws LiveRefusal 400 for any other type. */
export function textOf(properties: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw refusals.parameterInvalid(name, 'it must be a text');
  return value;
}
