/**
 * How login.live.com refused: an error and a sentence, without the numbers, ids and dates of the newer service.
 * Recorded sentences: https://github.com/fkalis/bash-onedrive-upload/issues/69 (a parameter that is missing),
 * https://github.com/BingAds/BingAds-Python-SDK/issues/36 (a secret of a public client).
 */
import type { ServerResponse } from '../core/http.ts';
import { OAuthRefusal } from './aadsts.ts';
import { tokenHeaders } from './refusal-answer.ts';

/** A mobile application keeps no secret, so one that is sent was taken from somewhere. */
export function publicClientSecret(): OAuthRefusal {
  return new OAuthRefusal(9002313, 'invalid_request', "Public clients can't send a client secret.");
}

/** The members of a refusal, in JSON and in the address that a sign-in goes back to. */
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

/** The refusal as a JSON answer. */
export function liveRefusalAnswer(refusal: OAuthRefusal): ServerResponse {
  return { status: refusal.status, headers: tokenHeaders, body: JSON.stringify(liveRefusalBody(refusal)) };
}
