/** Signing in: grants, credentials, and the storage of sessions. */
export { aadsts, type SignInFault } from './aadsts.ts';
export { type Access, allows, scopesFor, steppedUp } from './access.ts';
export {
  type ApplicationOptions,
  applicationCredential,
  clientCertificateCredential,
  clientSecretCredential,
  workloadIdentityCredential,
} from './application-credential.ts';
export type { ClientCertificate, ClientProof } from './client-proof.ts';
export { type Cloud, type CloudName, cloudNames, clouds } from './clouds.ts';
export { type EndpointOptions, type Endpoints, isLoopbackHost, resolveEndpoints } from './endpoints.ts';
export { type FederatedToken, fileToken, type GithubOptions, githubToken } from './federated-token.ts';
export {
  exchangeBareCode,
  finishAuthorization,
  type PendingSignIn,
  type StartOptions,
  startAuthorization,
} from './grants/authorization-code.ts';
export { clientCredentialsGrant } from './grants/client-credentials.ts';
export {
  awaitDeviceCode,
  type DeviceCode,
  type DeviceOptions,
  requestDeviceCode,
} from './grants/device-code.ts';
export { type LiveRefreshOptions, liveDesktop, liveRefreshGrant } from './grants/live-refresh.ts';
export { type RefreshOptions, refreshTokenGrant } from './grants/refresh-token.ts';
export { type LiveAddresses, liveAddresses, liveEndpoints } from './live-endpoints.ts';
export { type Loopback, type LoopbackOptions, listenForAnswer } from './loopback.ts';
export type { OAuthSession } from './oauth-session.ts';
export { parsePastedAnswer } from './pasted-answer.ts';
export { type PendingSignIns, pendingSignIns, type StartedSignIn } from './pending-sign-ins.ts';
export { browserCredential, deviceCodeCredential, type PersonOptions } from './person-credential.ts';
export {
  type CredentialWorld,
  keepGrant,
  oauthSession,
  profileCredential,
  type SignInProfile,
} from './profile-credential.ts';
export { type ReadCertificateOptions, readCertificate } from './read-certificate.ts';
export {
  type RefreshingCredential,
  type RefreshingCredentialOptions,
  refreshingCredential,
} from './refreshing-credential.ts';
export { defaultScopes, liveScopes, requestScopes } from './scopes.ts';
export { memorySessionStore, type SessionStore, type SignInSession } from './session-store.ts';
export { type StaticCredentialOptions, staticCredential } from './static-credential.ts';
export type { SignedInAccount, TokenGrant } from './token-grant.ts';
