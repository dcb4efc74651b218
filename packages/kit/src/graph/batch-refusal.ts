/** The outcome of one call of a batch, checked against the contract of that call. */
import type { OneDriveError } from '../errors/index.ts';
import { type Contract, keepsContract, unexpectedStatus } from '../http/contract.ts';
import type { BatchAnswer } from './batch-answer.ts';
import { graphErrorOf } from './error-answer.ts';

/** Returns the error of a call whose response is not the documented success. */
export function refusal(
  { status, headers, body }: BatchAnswer,
  contract: Contract,
  what: string,
): OneDriveError | undefined {
  if (keepsContract(status, contract)) return undefined;
  if (status >= 400) return graphErrorOf(what, status, headers, JSON.stringify(body ?? {}));
  return unexpectedStatus(status, contract, what);
}
