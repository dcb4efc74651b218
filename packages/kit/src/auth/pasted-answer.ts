/**
 * Parses the text that a user pastes after signing in on another machine: the last address of the browser,
 * with the code in its query or fragment, a part of it, or the bare code. Terminals wrap it, mail programs
 * put brackets around it.
 */
import { signInAgain } from '../errors/hint.ts';
import { OneDriveError } from '../errors/index.ts';

/**
 * Returns the parameters of the response: `code` or `error`, and `state` if present.
 * @param expectedState of the pending sign-in; an address without a state is then refused.
 * @throws OneDriveError `usage` with what was pasted instead, `auth-failed` for the response to another
 * sign-in.
 */
export function parsePastedAnswer(pasted: string, expectedState: string): URLSearchParams {
  const text = pasted.replaceAll(/[\s<>"'\u200B\uFEFF]+/g, '');
  if (text === '') throw nothingPasted();
  const answer = parameters(text);
  if (answer === undefined) return new URLSearchParams({ code: bareCode(text) });
  if (!answer.has('code') && !answer.has('error')) throw wrongAddress(text);
  if (answer.get('state') !== expectedState) throw otherSignIn();
  return answer;
}

/** The parameters of an address or of `code=…&state=…`; undefined if there are none. */
function parameters(text: string): URLSearchParams | undefined {
  const start = text.search(/[?#]/);
  if (/^[a-z][a-z\d+.-]*:/i.test(text))
    return new URLSearchParams(start < 0 ? '' : joined(text.slice(start)));
  return /(^|[?#&])(code|error)=/.test(text) ? new URLSearchParams(joined(text.slice(start + 1))) : undefined;
}

/** Query and fragment together; the code is in one of them. */
function joined(text: string): string {
  return text.replace(/^[?#]/, '').replaceAll(/[?#]/g, '&');
}

/** Microsoft's codes are long and contain no characters that are escaped in an address. */
function bareCode(text: string): string {
  if (/^[\w.!*$~-]{20,}$/.test(text)) return text;
  throw new OneDriveError('usage', 'This is neither the address of the last page nor a code.', {
    hint: howTo,
  });
}

const howTo =
  'Paste the whole address of the page that the browser shows after the sign-in; it contains `code=`. The page itself may be blank or an error.';

function nothingPasted(): OneDriveError {
  return new OneDriveError('usage', 'Nothing was pasted.', { hint: howTo });
}

function wrongAddress(text: string): OneDriveError {
  const isStart = /\/authorize\?/.test(text);
  const what = isStart
    ? 'This is the address of the sign-in page, not of the page after it.'
    : 'This address contains no code.';
  return new OneDriveError('usage', what, {
    hint: isStart ? `Open it in a browser and sign in. ${howTo}` : howTo,
  });
}

function otherSignIn(): OneDriveError {
  return new OneDriveError('auth-failed', 'This address belongs to another sign-in, not the pending one.', {
    hint: ['Open the address of the latest sign-in, or start another one.', signInAgain],
  });
}
