/** An error page for the user: shown when an error must not, or cannot, be sent to the client. */
import type { ServerRequest, ServerResponse } from '../core/http.ts';
import { ServiceError } from '../core/service-error.ts';
import type { World } from '../core/world.ts';
import { errorPage } from '../page/error-page.ts';
import { OAuthRefusal } from './aadsts.ts';
import { refusalBody } from './refusal-answer.ts';

/** Runs an endpoint whose responses are pages: its errors become pages, too. */
export async function refusingOnPage(
  request: ServerRequest,
  world: World,
  answer: () => Promise<ServerResponse>,
): Promise<ServerResponse> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof ServiceError) return errorPage(error.status, error.message);
    if (!(error instanceof OAuthRefusal)) throw error;
    return errorPage(error.status, refusalBody(error, request, world).error_description);
  }
}
