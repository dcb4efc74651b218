/**
 * Errors of login.live.com: a code and a description, without the numbers, ids and timestamps of the newer service.
 * Recorded descriptions: https://github.com/fkalis/bash-onedrive-upload/issues/69 (missing parameter),
 * https://github.com/BingAds/BingAds-Python-SDK/issues/36 (secret of a public client).
 */
import type { ServerResponse } from '../core/http.ts';
import { OAuthRefusal } from './aadsts.ts';
import { tokenHeaders } from './refusal-answer.ts';

/** A mobile application cannot keep a secret, so a request with one is refused. */
export function publicClientSecret(): OAuthRefusal {
  return new OAuthRefusal(9002313, 'invalid_request', "Public clients can't send a client secret.");
}

/** The members of an error, in JSON and in the parameters of a redirect. */
export function liveRefusalBody({ error, message }: OAuthRefusal): {
  readonly error: string;
  readonly error_description: string;
} {
  const missing = /must contain the following parameter: '([^']+)'\.$/.exec(message)?.[1];
  return {
    error,
    error_description:
      missing === undefined ? message : `The provided request must include a '${missing}' input parameter.`,
  };
}

/** Returns the error as a JSON response. */
export function liveRefusalAnswer(refusal: OAuthRefusal): ServerResponse {
  return { status: refusal.status, headers: tokenHeaders, body: JSON.stringify(liveRefusalBody(refusal)) };
}
