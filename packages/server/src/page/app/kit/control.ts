/** Requests to the control API of this server. */
import { failure } from './failure.ts';

/** The response of the control API. @throws RequestError for a status that reports an error. */
export async function control(path: string, method = 'GET', body?: unknown): Promise<Response> {
  const response = await fetch(`/_control/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await failure(response);
  return response;
}

/** The JSON of {@link control}. */
export async function controlJson<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  return (await (await control(path, method, body)).json()) as T;
}
