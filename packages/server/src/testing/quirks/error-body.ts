/** An error of the service outside of the handler that makes the others. */
import type { ServerResponse } from '../../core/http.ts';

/** `{error: {code, message}}`. */
export function errorBody(status: number, code: string, message: string): ServerResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ error: { code, message } }),
  };
}
