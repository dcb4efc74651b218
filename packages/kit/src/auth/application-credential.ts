/**
 * Credentials of an application that acts for itself: by secret, by certificate, by workload identity federation. The
 * token is kept in memory only; a new one costs one request.
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

/** What an application needs to sign in as itself. */
export interface ApplicationOptions extends EndpointOptions {
  /** Id or domain of the organisation. */
  readonly tenant: string;
  readonly clientId: string;
  /** `nodeTransport()` or `fetchTransport()`; never one that signs requests. */
  readonly transport: Transport;
  readonly clock?: Clock | undefined;
}

/** By client secret. @throws OneDriveError `config` for addresses that cannot be used. */
export function clientSecretCredential(
  options: ApplicationOptions & { readonly clientSecret: string },
): TokenCredential {
  return applicationCredential(options, { kind: 'secret', secret: options.clientSecret });
}

/** By the certificate that `readCertificate` read. */
export function clientCertificateCredential(
  options: ApplicationOptions & { readonly certificate: ClientCertificate },
): TokenCredential {
  return applicationCredential(options, { kind: 'certificate', certificate: options.certificate });
}

/** By a token of another issuer: `fileToken`, `githubToken`, or a function of one's own. */
export function workloadIdentityCredential(
  options: ApplicationOptions & { readonly token: FederatedToken },
): TokenCredential {
  return applicationCredential(options, { kind: 'federated', token: options.token });
}

/** By whatever proof. */
export function applicationCredential(options: ApplicationOptions, proof: ClientProof): TokenCredential {
  const { clientId, transport, clock = systemClock } = options;
  const endpoints = resolveEndpoints(options);
  return sessionCredential({ endpoints, clientId, proof, transport }, clock);
}

/** The credential of an application and a sign-in service that were put together already. */
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
