/**
 * `client_assertion`: an application authenticates with a token that it signed with the key of a registered certificate, or
 * with a token from another issuer (workload identity federation).
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials,
 * https://learn.microsoft.com/graph/api/resources/federatedidentitycredential
 */
import { X509Certificate } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, importJWK, importX509, type JWTPayload, jwtVerify } from 'jose';
import type { World } from '../core/world.ts';
import { refusals } from './aadsts.ts';
import type { ClientRegistration, FederatedCredential } from './client-registration.ts';
import { field } from './form.ts';

const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const algorithms = ['PS256', 'RS256', 'ES256'];

/**
 * Validates the assertion of a request.
 * @param client the registration of the application, or its id if it is not registered. Without a registration there is no
 * certificate, so the signature is not checked.
 * @param endpoint the address of the token endpoint, which must be the audience of a self-signed assertion.
 * @throws OAuthRefusal
 */
export async function checkAssertion(
  form: URLSearchParams,
  client: ClientRegistration | string,
  { world, endpoint }: { readonly world: World; readonly endpoint: string },
): Promise<void> {
  const assertion = field(form, 'client_assertion') ?? '';
  if (field(form, 'client_assertion_type') !== type) throw refusals.missingParameter('client_assertion_type');
  const claims = claimsOf(assertion);
  const now = new Date(world.clock.now());
  const id = typeof client === 'string' ? client : client.id;
  if (claims.iss !== id && typeof client !== 'string') return checkFederated(assertion, claims, client, now);
  if (typeof client !== 'string') await checkKey(assertion, client, now);
  if (claims.iss === id) checkOwn(claims, id, endpoint);
  checkTimes(claims, now);
}

/** Checks the claims of a self-signed assertion. */
function checkOwn(claims: JWTPayload, id: string, endpoint: string): void {
  if (claims.sub !== id) throw refusals.assertionKeyUnknown(id);
  if (![claims.aud ?? []].flat().includes(endpoint)) throw refusals.assertionAudience(endpoint);
}

function claimsOf(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion);
  } catch {
    throw refusals.malformed('The client_assertion is not a JWT.');
  }
}

async function checkKey(
  assertion: string,
  { id, certificates = [] }: ClientRegistration,
  now: Date,
): Promise<void> {
  const certificate = certificates.find((pem) => isNamedBy(pem, assertion));
  if (certificate === undefined) throw refusals.assertionKeyUnknown(id);
  if (Date.parse(new X509Certificate(certificate).validTo) < now.getTime())
    throw refusals.certificateExpired();
  await verified(assertion, async (alg) => importX509(certificate, alg), id);
}

/**
 * Whether the assertion names this certificate by the SHA-256 or, for older libraries, SHA-1 digest of its DER. msal for
 * Python pads the base64.
 */
function isNamedBy(pem: string, assertion: string): boolean {
  const certificate = new X509Certificate(pem);
  const header = decodeProtectedHeader(assertion) as Readonly<Record<string, unknown>>;
  const print = (hex: string): string => Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url');
  const named = (member: string): string | undefined => {
    const value = header[member];
    return typeof value === 'string' ? value.replace(/={1,2}$/, '') : undefined;
  };
  return (
    named('x5t#S256') === print(certificate.fingerprint256) || named('x5t') === print(certificate.fingerprint)
  );
}

async function checkFederated(
  assertion: string,
  claims: JWTPayload,
  { federated = [] }: ClientRegistration,
  now: Date,
): Promise<void> {
  const match = federated.find((credential) => isMeant(credential, claims));
  if (!match) throw refusals.federationUnknown(claims.iss ?? '', claims.sub ?? '');
  const audience = match.audience ?? 'api://AzureADTokenExchange';
  if (![claims.aud ?? []].flat().includes(audience)) throw refusals.assertionAudience(audience);
  await verified(assertion, async (alg) => importJWK({ ...match.key }, alg), String(claims.iss));
  checkTimes(claims, now);
}

function isMeant({ issuer, subject }: FederatedCredential, claims: JWTPayload): boolean {
  return claims.iss === issuer && claims.sub === subject;
}

type ImportKey = (alg: string) => ReturnType<typeof importJWK>;

async function verified(assertion: string, importKey: ImportKey, who: string): Promise<void> {
  try {
    const { alg = '' } = decodeProtectedHeader(assertion);
    const key = await importKey(alg);
    // Times are compared with the server's clock.
    const claims = decodeJwt(assertion);
    const currentDate = new Date((claims.nbf ?? claims.iat ?? claims.exp ?? 0) * 1000);
    await jwtVerify(assertion, key, { algorithms, currentDate });
  } catch {
    throw refusals.assertionKeyUnknown(who);
  }
}

/** Allows a clock difference of five minutes. */
function checkTimes({ nbf, exp }: JWTPayload, now: Date): void {
  const seconds = now.getTime() / 1000;
  const tolerance = 300;
  if (exp === undefined || exp < seconds - tolerance || (nbf ?? 0) > seconds + tolerance)
    throw refusals.assertionTime();
}
