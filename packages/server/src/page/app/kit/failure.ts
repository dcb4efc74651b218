/** Errors of the server, with the message that it sent. */

interface ErrorBody {
  readonly error?: { readonly message?: string } | string;
  readonly error_description?: string;
}

export class RequestError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The error that a response reports. */
export async function failure(response: Response): Promise<RequestError> {
  const body = (await response.json().catch(() => ({}))) as ErrorBody;
  return errorOf(response.status, body);
}

/** The error of a status and the JSON that came with it. */
export function errorOf(status: number, body: ErrorBody): RequestError {
  const message = typeof body.error === 'object' ? body.error.message : undefined;
  return new RequestError(
    status,
    body.error_description ?? message ?? `The server responded with status ${status}.`,
  );
}
