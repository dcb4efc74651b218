/** Reads properties from a request's body: JSON, or a form, which scripts send. */

import { isObject } from '../../core/body.ts';
import { parseJson, utf8Text } from '../../core/bounded-json.ts';
import type { ServerRequest } from '../../core/http.ts';
import { refusals } from '../live-refusal.ts';
import { nested, propertiesInQuery } from './form-call.ts';

/** Maximum size of a body with properties, in bytes. */
const limit = 1024 * 1024;

/** Returns the body as a stream. @throws LiveRefusal 413 once it exceeds `most` bytes. */
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

/** Reads the properties. @throws LiveRefusal 400 if the body is neither a JSON object nor a form. */
export async function readProperties(request: ServerRequest): Promise<Readonly<Record<string, unknown>>> {
  const text = await utf8Text(liveBody(request, limit)).catch((error: unknown) => {
    throw error instanceof TypeError ? refusals.bodyInvalid('it is not UTF-8') : error;
  });
  if (text.trim() === '') return propertiesInQuery(request.url);
  const type = request.headers['content-type'] ?? '';
  // Scripts send forms without a type, and JSON with the type of a form.
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

/** A string property; undefined if it is missing. @throws LiveRefusal 400 for any other type. */
export function textOf(properties: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw refusals.parameterInvalid(name, 'it must be a string');
  return value;
}
