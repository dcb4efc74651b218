/** A refusal for a person to read: shown where it must not, or cannot, be sent back to a client. */
import type { ServerRequest, ServerResponse } from '../core/http.ts';
import { ServiceError } from '../core/service-error.ts';
import type { World } from '../core/world.ts';
import { errorPage } from '../page/error-page.ts';
import { OAuthRefusal } from './aadsts.ts';
import { refusalBody } from './refusal-answer.ts';

/** Runs an endpoint whose reader is a person: its refusals become pages. */
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
