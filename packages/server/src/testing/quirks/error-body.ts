/** An error response for code outside of the handler, which renders the others. */
import type { ServerResponse } from '../../core/http.ts';

/** `{error: {code, message}}`. */
export function errorBody(status: number, code: string, message: string): ServerResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ error: { code, message } }),
  };
}
