/**
 * Responses as text: JSON with `=` and `&` escaped as the service did, indented unless the client disables it, and wrapped
 * in a callback on request. Source: MSDN dn631829, "Additional URL parameters".
 */
import { refusals } from './live-refusal.ts';

export interface TextOptions {
  readonly pretty: boolean;
  /** Name of a function: the response is JSONP. */
  readonly callback: string | undefined;
}

/** @throws LiveRefusal 400 for a callback that is not the name of a function, because it could be any script. */
export function readTextOptions(query: URLSearchParams): TextOptions {
  const callback = query.get('callback') || undefined;
  if (callback !== undefined && !/^[\w$][\w$.]{0,127}$/.test(callback))
    throw refusals.parameterInvalid('callback', 'it must be the name of a function');
  return { pretty: !/^(false|0)$/i.test(query.get('pretty') ?? ''), callback };
}

/** The body and its content type. */
export function liveText(
  value: unknown,
  options: TextOptions,
): { readonly type: string; readonly text: string } {
  const json = JSON.stringify(value, undefined, options.pretty ? 3 : undefined)
    .replaceAll('=', '\\u003d')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  if (options.callback === undefined) return { type: 'application/json; charset=UTF-8', text: json };
  return { type: 'text/javascript; charset=UTF-8', text: `${options.callback}(${json});` };
}
