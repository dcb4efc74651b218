/**
 * Meanings of Microsoft's sign-in errors and what to do about them, as data. The number is the one after
 * `AADSTS` in `error_description` and in `error_codes`. Source:
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */

import { signInAgain } from '../errors/hint.ts';
import type { ErrorCode, HintSentence, HintStep } from '../errors/index.ts';

/** What to do about an error. */
export type Next = string | HintStep | readonly HintSentence[];

export interface SignInFault {
  readonly code: ErrorCode;
  /** Completes "Microsoft refused the sign-in: …". */
  readonly what: string;
  /** What to do. */
  readonly next: Next;
}

const administrator = 'Ask an administrator of your organisation.';

const required = (what: string, next: Next = signInAgain): SignInFault => ({
  code: 'auth-required',
  what,
  next,
});
const failed = (what: string, next: Next): SignInFault => ({ code: 'auth-failed', what, next });
const config = (what: string, next: Next): SignInFault => ({ code: 'config', what, next });
const service = (what: string, next: Next): SignInFault => ({ code: 'service', what, next });

export const aadsts: Readonly<Record<number, SignInFault>> = {
  16000: required('several accounts are signed in and none was selected', { step: 'sign-in', account: true }),
  16003: failed(
    'this account is not a member of that tenant',
    'Sign in with another account, or set `tenant` to its own.',
  ),
  28000: config(
    'the scopes belong to several services',
    'Remove all scopes from `scopes` except those of Microsoft Graph.',
  ),
  50001: config('the resource does not exist in this tenant', 'Check `tenant` and `cloud` of the profile.'),
  50002: failed('the proxy of this network blocks access to that tenant', administrator),
  50005: failed('a policy blocks this kind of device', administrator),
  50011: config('the redirect address is not registered for this application', [
    'Add http://localhost under "Mobile and desktop applications" of the app registration.',
    { step: 'sign-in', using: 'device-code' },
  ]),
  50012: config(
    'the credential of the application is not accepted',
    'Check the certificate in the app registration.',
  ),
  50014: failed(
    'this account is not a member of that tenant',
    'Accept its invitation, or set `tenant` to your own.',
  ),
  50020: failed(
    'this account is not a member of that tenant',
    'Sign in with another account, or set `tenant` to its own.',
  ),
  50034: failed('there is no such account in this tenant', 'Check the address and `tenant`.'),
  50053: failed(
    'the account is locked after too many attempts',
    'Wait some minutes, or ask an administrator.',
  ),
  50055: failed('the password has expired', ['Change it in a browser.', signInAgain]),
  50056: failed(
    'this account has no password in that tenant',
    'Sign in on the page of your own organisation, or with another account.',
  ),
  50057: failed('the account is disabled', administrator),
  50058: required('the session in the browser is missing'),
  50059: config('the tenant could not be determined from the request', 'Set `tenant` of the profile.'),
  50072: required('additional security information has to be registered first'),
  50074: required('multi-factor authentication is required'),
  50076: required('multi-factor authentication is required, for example because of your location'),
  50078: required('the multi-factor authentication has expired'),
  50079: required('multi-factor authentication has to be set up first'),
  50089: required('the sign-in page was open for too long'),
  50097: failed('a policy requires a registered device', administrator),
  50105: failed('this account was not assigned to the application', administrator),
  50125: required('the sign-in was interrupted to register a way to reset the password'),
  50126: failed('the user name or the password is wrong', 'Try again.'),
  50128: config('the domain does not belong to a tenant', 'Check `tenant` in the profile.'),
  50129: failed('this device is not joined to the organisation', administrator),
  50131: failed('a policy of the organisation blocks this sign-in', administrator),
  50132: required('the session was revoked, for example because the password was changed'),
  50133: required('the session is no longer valid because the password was changed'),
  50134: failed('the device code belongs to another data centre', [
    'Sign in on a machine near this one.',
    { step: 'sign-in', using: 'browser' },
  ]),
  50135: failed('the password has to be changed first', ['Change it in a browser.', signInAgain]),
  50140: required('the sign-in was interrupted by the prompt whether to stay signed in'),
  50144: failed('the password has expired', ['Change it in a browser.', signInAgain]),
  50148: required('the code verifier (PKCE) does not belong to this sign-in', [
    signInAgain,
    'Pass the address of the page that follows this very sign-in.',
  ]),
  50155: failed('this device is not registered', administrator),
  50158: required('an additional check by another provider is required'),
  50173: required('the sign-in was revoked, for example because the password was changed'),
  50187: failed('this device is not registered', administrator),
  50194: config(
    'this application is registered for one organisation only',
    'Set `tenant` to that organisation.',
  ),
  50196: service(
    'the same request was sent too often in a short time',
    'Wait some minutes; look for a script that starts the program in a loop.',
  ),
  50197: required('two accounts in the browser conflict'),
  51004: failed(
    'this account is not a member of that tenant',
    'Sign in with another account, or set `tenant` to its own.',
  ),
  53000: failed('a policy requires a compliant device', administrator),
  53001: failed('a policy requires a device that is joined to the organisation', administrator),
  53002: failed('a policy allows other applications only', administrator),
  53003: failed(
    'a conditional-access policy blocks this sign-in',
    `Device codes and unknown locations are often blocked. ${administrator}`,
  ),
  53004: failed('multi-factor authentication has to be set up first', [
    'Set it up at https://aka.ms/mfasetup.',
    signInAgain,
  ]),
  53010: failed(
    'multi-factor authentication can be set up only from locations that the organisation allows',
    administrator,
  ),
  53011: failed('the account is blocked because it may be compromised', administrator),
  54005: required('the authorization code was already used'),
  65001: failed('the permissions of the application have no consent yet', [
    signInAgain,
    'Accept the permissions, or ask an administrator for consent.',
  ]),
  65002: config('consent for this application has to be configured in advance', administrator),
  65004: failed('consent was declined', [
    signInAgain,
    'Accept the permissions that the application requests.',
  ]),
  65005: config(
    'the application requests a permission that is not in its registration',
    'Add the Microsoft Graph permissions to the app registration.',
  ),
  70000: required(
    'the code or the refresh token is not valid: it was used, has expired or belongs to another application',
  ),
  70001: config('this application does not exist here', 'Check `client.id`, `tenant` and `cloud`.'),
  70002: config(
    'the client id or the client secret is wrong',
    'Check the `client` section of the configuration.',
  ),
  70003: config(
    'the application may not use this kind of sign-in',
    'Allow public client flows in the app registration.',
  ),
  70007: config('the service does not support this response type', 'Check `endpoints` of the profile.'),
  70008: required('the code or the refresh token has expired'),
  70011: config('a scope is not valid', 'Check `scopes` of the profile.'),
  70012: service('the service for personal accounts failed', 'Try again in a minute.'),
  70016: failed('the device code has not been entered yet', 'Open the page, enter the code and try again.'),
  70018: failed('the device code was mistyped or has expired', {
    step: 'operation',
    operation: 'restart',
    to: 'get a new code',
  }),
  70019: failed('the device code has expired', {
    step: 'operation',
    operation: 'restart',
    to: 'get a new code',
  }),
  70020: failed('the device code has expired', {
    step: 'operation',
    operation: 'restart',
    to: 'get a new code',
  }),
  70043: required('the sign-in has expired because of a policy on sign-in frequency'),
  80014: failed('the sign-in took too long at the organisation', 'Try again.'),
  81010: failed('signing in without a password failed', 'Sign in with a password in the browser.'),
  90002: config('there is no such tenant', 'Check `tenant` and `cloud` of the profile.'),
  90006: service('the service is busy', 'Try again in a minute.'),
  90009: config('the application requests a token for itself by name', 'Use its id in the scopes.'),
  90012: service('the service took too long', 'Try again in a minute.'),
  90013: failed('the input is not valid', 'Try again.'),
  90014: config('a part of the request is missing', 'Check `client.id` and `scopes`.'),
  90019: config('the tenant could not be determined from the request', 'Set `tenant` of the profile.'),
  90023: failed('the request is not valid', [
    signInAgain,
    'If the error remains, check `client.id` and `scopes`.',
  ]),
  90024: service('the service is busy', 'Try again in a minute.'),
  90033: service('the service is busy', 'Try again in a minute.'),
  90038: config('that tenant belongs to a national cloud', 'Set `cloud` of the profile to it.'),
  90055: service('too many requests came from your organisation', 'Try again in some minutes.'),
  90072: failed(
    'this account is not a member of that tenant',
    'Sign in with another account, or set `tenant` to its own.',
  ),
  90094: failed('an administrator has to consent first', administrator),
  90095: failed('an administrator has to approve the request first', administrator),
  90119: failed('the device code is missing', {
    step: 'operation',
    operation: 'restart',
    to: 'get a new code',
  }),
  90120: failed('the device code was already used or declined', {
    step: 'operation',
    operation: 'restart',
    to: 'get a new code',
  }),
  90124: config('this does not work for all kinds of accounts at once', 'Set `tenant` to your organisation.'),
  90130: config(
    'the application does not work for all kinds of accounts at once',
    'Set `tenant` to your organisation.',
  ),
  135010: failed('the key of this device was not found', 'Sign in again in the browser.'),
  500011: config(
    'the resource does not exist in this tenant',
    'Check `tenant`, `cloud` and `scopes` of the profile.',
  ),
  500021: failed('access to that tenant is not allowed from this network', administrator),
  500022: failed('access to that tenant is not allowed from this network', administrator),
  500112: required('the code was requested with another redirect address', [
    signInAgain,
    'Pass the address of the page that follows this very sign-in.',
  ]),
  500113: config(
    'no redirect address is registered for this application',
    'Add http://localhost under "Mobile and desktop applications" of the app registration.',
  ),
  500121: required('the multi-factor authentication was not completed'),
  500133: failed('the clock of this machine is wrong', 'Set the clock and try again.'),
  500208: failed(
    'this kind of account may not use the application',
    'Register it for personal accounts as well, or use another account.',
  ),
  500212: failed('your organisation blocks access to that tenant', administrator),
  500213: failed('that tenant blocks access for your organisation', 'Ask an administrator of that tenant.'),
  501481: required('the code verifier (PKCE) does not belong to this sign-in', [
    signInAgain,
    'Pass the address of the page that follows this very sign-in.',
  ]),
  501491: failed('the code verifier (PKCE) has the wrong format', signInAgain),
  530003: failed('a policy requires a managed device', administrator),
  530032: failed('a security policy of the organisation blocks this sign-in', administrator),
  530035: failed('the security defaults of the organisation block this sign-in', [
    { step: 'sign-in', using: 'browser' },
    administrator,
  ]),
  650052: failed('the organisation has no Microsoft Graph service for this', administrator),
  650056: config(
    'the application has no permission for this, or it has no consent yet',
    'Add the Microsoft Graph permissions to the app registration, and let an administrator consent.',
  ),
  650057: config(
    'the application requests a service that is not in its registration',
    'Add the Microsoft Graph permissions to the app registration.',
  ),
  700005: required('the code is for another tenant'),
  700011: config(
    'this application does not exist in that tenant',
    'Check `client.id`, `tenant` and `cloud`.',
  ),
  700016: config(
    'this application does not exist in that tenant',
    'Check `client.id`, `tenant` and `cloud`.',
  ),
  700022: config(
    'the scopes belong to several services',
    'Remove all scopes from `scopes` except those of Microsoft Graph.',
  ),
  700023: config('a scope is not valid', 'Check `scopes` of the profile.'),
  700024: failed(
    'the credential of the application is not valid at this time',
    'Set the clock of this machine and try again.',
  ),
  700025: config(
    'the application is a public client and must not send a credential',
    'Remove client.secret, client.certificate and client.federated_token_file from the configuration.',
  ),
  700027: config(
    'the certificate is not registered for the application',
    'Check the certificate in the app registration.',
  ),
  700030: config('the certificate is not valid', 'Check the certificate in the app registration.'),
  700054: config(
    'the application may not use id tokens in this way',
    'Sign in with the authorization code flow, which is the default of this program.',
  ),
  700082: required('the sign-in was unused for too long and has expired'),
  700084: required('the sign-in of a browser application has expired'),
  700211: config(
    'the application has no federated credential with that issuer',
    'Add one for the issuer of the token under "Certificates & secrets" of the app registration.',
  ),
  700212: config(
    "the audience of the other issuer's token is wrong",
    'Its audience must be api://AzureADTokenExchange.',
  ),
  700213: config(
    'the application has no federated credential with that subject',
    'Compare the subject (repository, branch or environment of the job) with the one in the app registration.',
  ),
  900144: config('a part of the request is missing', 'Check `client.id` and `scopes`.'),
  900382: config(
    'an application with a secret cannot sign in across clouds',
    'Set `cloud` of the profile to that of your organisation.',
  ),
  900432: config(
    'an application with a secret cannot sign in across clouds',
    'Set `cloud` of the profile to that of your organisation.',
  ),
  900971: config('the redirect address is missing', 'Add http://localhost to the app registration.'),
  1000031: failed('this application is not available now', administrator),
  1002012: config(
    'an application has to request all permissions at once (.default)',
    'Remove `scopes` from the profile.',
  ),
  7000112: config('the application is disabled', administrator),
  7000215: config('the client secret is wrong', 'Put the secret itself, not its id, under `client.secret`.'),
  7000218: config(
    'the application is registered as a confidential client',
    'Set "Allow public client flows" to yes in the app registration, or add `client.secret` to the configuration.',
  ),
  7000222: config(
    'the client secret has expired',
    'Create a new one in the app registration and set `client.secret` to it.',
  ),
  9001023: config('an application signs in to one organisation only', 'Set `tenant` to that organisation.'),
  9002313: failed('the request was malformed', [
    signInAgain,
    'If the error remains, check `client.id` and `scopes`.',
  ]),
  9002325: config('the application requires a code challenge (PKCE), which was not sent', signInAgain),
  9002326: config(
    'the redirect address is registered for web pages',
    'Register it under "Mobile and desktop applications".',
  ),
  9002327: config(
    'the redirect address is registered for web pages',
    'Register it under "Mobile and desktop applications".',
  ),
  9002331: config('the application is for personal accounts only', 'Set `tenant: consumers` in the profile.'),
  9002332: config(
    'the application is for work and school accounts only',
    'Set `tenant: organizations` in the profile.',
  ),
};
