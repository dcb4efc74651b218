/** `application/x-www-form-urlencoded` bodies of the OAuth endpoints and of the sign-in pages. */
import type { ServerRequest } from '../core/http.ts';
import { refusals } from './aadsts.ts';

const limit = 64 * 1024;

/**
 * The fields of a form body.
 * @throws OAuthRefusal 9002313 when it is larger than 64 KiB, is not UTF-8, or names a field twice (RFC 6749 §3.2).
 */
export async function readForm(request: ServerRequest): Promise<URLSearchParams> {
  const form = new URLSearchParams(await readText(request));
  rejectRepeated(form);
  return form;
}

/** @throws OAuthRefusal 9002313 when a parameter occurs twice. */
export function rejectRepeated(parameters: URLSearchParams): void {
  const names = [...parameters.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined)
    throw refusals.malformed(`The parameter '${repeated.slice(0, 40)}' is duplicated.`);
}

async function readText(request: ServerRequest): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  try {
    for await (const chunk of request.body) {
      size += chunk.length;
      if (size > limit) break;
      text += decoder.decode(chunk, { stream: true });
    }
    text += decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw refusals.malformed('The body is not UTF-8.');
    throw error;
  }
  if (size > limit) throw refusals.malformed(`The body is larger than ${limit} bytes.`);
  return text;
}

/** Returns a field, or undefined if it is missing or empty. */
export function field(form: URLSearchParams, name: string): string | undefined {
  return form.get(name) || undefined; // An empty value is treated as missing.
}
