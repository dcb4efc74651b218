/**
 * Credentials of an application without a user: with a secret, a certificate or workload identity federation.
 * The token is kept in memory only; a new one costs one request.
 */
import type { TokenCredential } from '../http/token-credential.ts';
import type { Transport } from '../http/transport.ts';
import type { Clock } from '../platform/clock.ts';
import { memoryLock } from '../platform/memory/memory-lock.ts';
import { systemClock } from '../platform/web/system-clock.ts';
import type { ClientCertificate, ClientProof } from './client-proof.ts';
import { type EndpointOptions, resolveEndpoints } from './endpoints.ts';
import type { FederatedToken } from './federated-token.ts';
import type { OAuthSession } from './oauth-session.ts';
import { refreshingCredential } from './refreshing-credential.ts';
import { memorySessionStore } from './session-store.ts';

/** How an application signs in as itself. */
export interface ApplicationOptions extends EndpointOptions {
  /** Id or domain of the organization. */
  readonly tenant: string;
  readonly clientId: string;
  /** `nodeTransport()` or `fetchTransport()`; never one that signs requests. */
  readonly transport: Transport;
  readonly clock?: Clock | undefined;
}

/** With a client secret. @throws OneDriveError `config` for invalid addresses. */
export function clientSecretCredential(
  options: ApplicationOptions & { readonly clientSecret: string },
): TokenCredential {
  return applicationCredential(options, { kind: 'secret', secret: options.clientSecret });
}

/** With the certificate that `readCertificate` returned. */
export function clientCertificateCredential(
  options: ApplicationOptions & { readonly certificate: ClientCertificate },
): TokenCredential {
  return applicationCredential(options, { kind: 'certificate', certificate: options.certificate });
}

/** With a token of another issuer: `fileToken`, `githubToken`, or your own function. */
export function workloadIdentityCredential(
  options: ApplicationOptions & { readonly token: FederatedToken },
): TokenCredential {
  return applicationCredential(options, { kind: 'federated', token: options.token });
}

/** With any proof of identity. */
export function applicationCredential(options: ApplicationOptions, proof: ClientProof): TokenCredential {
  const { clientId, transport, clock = systemClock } = options;
  const endpoints = resolveEndpoints(options);
  return sessionCredential({ endpoints, clientId, proof, transport }, clock);
}

/** The credential for an application and a sign-in service that are already configured. */
export function sessionCredential(session: OAuthSession, clock: Clock): TokenCredential {
  return refreshingCredential({
    sessions: memorySessionStore(),
    lock: memoryLock(),
    lockName: 'application',
    clock,
    renew: async (_session, signal) => {
      const { clientCredentialsGrant } = await import('./grants/client-credentials.ts');
      return clientCredentialsGrant(session, { signal });
    },
  });
}
