/**
 * Blocks every request that could change something: the enforcement of a read-only profile, below every
 * command.
 */
import { OneDriveError } from '../errors/index.ts';
import type { TransportDecorator } from './transport.ts';

const harmless = ['GET', 'HEAD', 'OPTIONS'];

/** @throws OneDriveError `access-denied` for any method but GET, HEAD and OPTIONS, before anything is sent. */
export function readOnly(): TransportDecorator {
  return (inner) => async (request) => {
    const method = request.method.toUpperCase();
    const overridden = Object.keys(request.headers).some(
      (name) => name.toLowerCase() === 'x-http-method-override',
    );
    if (!harmless.includes(method) || overridden) throw readOnlyRefusal(`send ${method} requests`);
    return inner(request);
  };
}

/** @param what completes "may not …". */
export function readOnlyRefusal(what: string): OneDriveError {
  return new OneDriveError(
    'access-denied',
    `This profile is read-only: it may not ${what}. Nothing was sent.`,
    {
      hint: { step: 'option', option: 'readOnly', value: undefined, to: 'allow changes' },
    },
  );
}
