import { expect, it } from 'vitest';
import { clientId, type Identity, startIdentity } from './identity.ts';

const grant = 'urn:ietf:params:oauth:grant-type:device_code';

async function begin(identity: Identity) {
  const { body, status } = await identity.post('common/oauth2/v2.0/devicecode', {
    client_id: clientId,
    scope: 'Files.Read offline_access',
  });
  expect(status).toBe(200);
  const device = body['device_code'] as string;
  const typed = body['user_code'] as string;
  const poll = () => identity.token({ grant_type: grant, device_code: device });
  return { body, typed, poll };
}

it('the response contains a page of this server and integers', async () => {
  const identity = await startIdentity();
  const { body, typed } = await begin(identity);
  expect(body).toMatchObject({
    verification_uri: 'http://127.0.0.1:9/devicelogin',
    expires_in: 900,
    interval: 5,
  });
  expect(typed).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ2-9]{9}$/);
  expect(body['message']).toContain(typed);
  expect(body).not.toHaveProperty('verification_uri_complete');
});

it('a device waits until the user has entered the code, signed in and accepted', async () => {
  const identity = await startIdentity();
  const { typed, poll } = await begin(identity);
  const waiting = await poll();
  expect(waiting).toMatchObject({
    status: 400,
    body: { error: 'authorization_pending', error_codes: [70016] },
  });
  expect(waiting.body.error_description).toMatch(
    /^AADSTS70016: OAuth 2\.0 device flow error\. Authorization is pending\. Continue polling\. Trace ID: /,
  );
  const person = identity.browser();
  await person.open('/devicelogin');
  await person.press('Next', { user_code: ` ${typed.toLowerCase().slice(0, 4)}-${typed.slice(4)} ` });
  await person.press('Alex Wilber');
  expect((await person.press('Accept')).text).toContain('You have signed in');
  await identity.clock.advance(5000);
  const { status, body } = await poll();
  expect(status).toBe(200);
  expect(body).toMatchObject({ scope: 'Files.Read', token_type: 'Bearer' });
  expect(body.refresh_token).toBeTruthy();
  await identity.clock.advance(5000);
  expect((await poll()).body).toMatchObject({ error: 'bad_verification_code', error_codes: [70018] });
});

it('a signed-in user still has to accept', async () => {
  const identity = await startIdentity();
  const person = identity.browser();
  for (let turn = 0; turn < 2; turn++) {
    const { typed } = await begin(identity);
    const view = await person.open(`/devicelogin?user_code=${typed}`);
    if (turn === 0) await person.press('Alex Wilber');
    else expect(view.text).toContain('Accept');
    await person.press('Accept');
  }
});

it('declining ends the sign-in', async () => {
  const identity = await startIdentity();
  const { typed, poll } = await begin(identity);
  const person = identity.browser();
  await person.open(`/devicelogin?otc=${typed}`);
  await person.press('Alex Wilber');
  expect((await person.press('Decline')).text).toContain('did not sign in');
  expect((await poll()).body).toMatchObject({ error: 'authorization_declined' });
});

it('polling faster than the interval gives slow_down, with five seconds more each time', async () => {
  const identity = await startIdentity();
  const { poll } = await begin(identity);
  await poll();
  await identity.clock.advance(4999);
  expect((await poll()).body.error).toBe('slow_down');
  await identity.clock.advance(9999);
  expect((await poll()).body.error).toBe('slow_down');
  await identity.clock.advance(15_000);
  expect((await poll()).body.error).toBe('authorization_pending');
});

it('a code expires after fifteen minutes, for the device and for the user', async () => {
  const identity = await startIdentity();
  const { typed, poll } = await begin(identity);
  await identity.clock.advance(900_000);
  expect((await poll()).body).toMatchObject({ error: 'expired_token', error_codes: [70020] });
  expect((await identity.browser().open(`/devicelogin?user_code=${typed}`)).text).toContain('has expired');
});

it('a made-up code is refused, for the device and for the user', async () => {
  const identity = await startIdentity();
  const answer = await identity.token({ grant_type: grant, device_code: 'made-up' });
  expect(answer).toMatchObject({ status: 400, body: { error: 'bad_verification_code' } });
  expect((await identity.browser().open('/devicelogin?user_code=NONSENSE')).text).toContain('unknown');
});

it('another application cannot poll it', async () => {
  const identity = await startIdentity();
  const { body } = await begin(identity);
  const thief = { client_id: 'other', grant_type: grant, device_code: body['device_code'] as string };
  expect((await identity.post('common/oauth2/v2.0/token', thief)).body.error).toBe('bad_verification_code');
});

it('with autoConsent the first poll gets the tokens', async () => {
  const identity = await startIdentity({ autoConsent: true });
  const { poll } = await begin(identity);
  expect((await poll()).status).toBe(200);
});

it('client id and scope are required', async () => {
  const identity = await startIdentity();
  expect((await identity.post('common/oauth2/v2.0/devicecode', 'scope=x')).body.error_codes).toEqual([
    900144,
  ]);
  expect((await identity.post('common/oauth2/v2.0/devicecode', 'client_id=x')).body.error_codes).toEqual([
    900144,
  ]);
});
