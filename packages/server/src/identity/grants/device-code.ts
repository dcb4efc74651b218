/**
 * `urn:ietf:params:oauth:grant-type:device_code`: a device polls until the user has decided.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code, RFC 8628 §3.4-3.5
 */
import { accounts } from '../../people/account-record.ts';
import { refusals } from '../aadsts.ts';
import { field } from '../form.ts';
import { checkSignIn } from '../policies.ts';
import { type DeviceCodeRecord, deviceCodes, userCodes } from '../records.ts';
import type { GrantRequest, GrantType } from './grant-request.ts';

/** RFC 8628 §3.5: `slow_down` increases the interval by five seconds. */
const slower = 5000;

/** Answers a poll; a successful poll uses up the code. */
export const deviceCode: GrantType = async (request) => {
  const { world, client, form, tenant } = request;
  const code = field(form, 'device_code') ?? field(form, 'code');
  if (code === undefined) throw refusals.missingParameter('device_code');
  const { record, accountId } = poll(request, world.digest(code));
  const account = world.storage.read((records) => accounts.get(records, accountId));
  if (!account || !tenant.admits(account)) throw refusals.invalidGrant('its account is not of this tenant.');
  checkSignIn(world, account.id);
  return { account, clientId: client.id, scopes: record.scopes, written: record.written };
};

type Poll = { readonly record: DeviceCodeRecord; readonly accountId: string };

function poll({ world, client }: GrantRequest, digest: string): Poll {
  const now = world.clock.now();
  // Thrown after the transaction, so that the changes of a refused poll are stored.
  const outcome = world.storage.write((records): Poll | Error => {
    const record = deviceCodes.get(records, digest);
    if (!record || record.clientId.toLowerCase() !== client.id.toLowerCase())
      return refusals.badVerificationCode();
    if (record.expires <= now) return refusals.deviceCodeExpired();
    const { decision } = record;
    if (decision.kind === 'pending') {
      const early = record.polled !== undefined && now - record.polled < record.interval;
      const interval = record.interval + (early ? slower : 0);
      deviceCodes.put(records, digest, { ...record, polled: now, interval });
      return early ? refusals.slowDown() : refusals.pending();
    }
    deviceCodes.delete(records, digest);
    userCodes.delete(records, record.userCode);
    return decision.kind === 'declined'
      ? refusals.declinedOnDevicePage()
      : { record, accountId: decision.accountId };
  });
  if (outcome instanceof Error) throw outcome;
  return outcome;
}
