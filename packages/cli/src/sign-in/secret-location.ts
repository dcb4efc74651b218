/** Whether there is a sign-in and where its secrets are stored, without a request. */
import type { Profile } from 'onedrive-kit/config';

/** Whether a token, or the means to get one, is stored. */
export function isSignedIn({ session, signIn, client }: Profile): boolean {
  if (signIn === 'app')
    return (
      (client.secret ?? client.certificate ?? client.federatedTokenFile ?? client.federation) !== undefined
    );
  return hasSecrets(session);
}

/** Whether `auth` has stored secrets that signing out has to remove. */
export function hasSecrets({ refreshToken, accessToken, code, sealed }: Profile['session']): boolean {
  return (refreshToken ?? accessToken ?? code ?? sealed) !== undefined;
}

/** The location of the secret, as text for users. */
export function secretLocation(
  { session, signIn, client }: Profile,
  configPath: string,
  keyStore: string,
): string {
  if (signIn === 'app') return applicationSecretLocation(client, configPath);
  if (session.sealed !== undefined) return `stored in ${configPath}, encrypted with a key in ${keyStore}`;
  if ((session.refreshToken ?? session.accessToken ?? session.code) === undefined) return 'none';
  return `stored in ${configPath} (unencrypted)`;
}

function applicationSecretLocation(client: Profile['client'], configPath: string): string {
  if (client.federatedTokenFile !== undefined) return `token in ${client.federatedTokenFile}`;
  if (client.federation === 'github') return 'none: GitHub issues a token to each job';
  if (client.certificate !== undefined) return `certificate ${client.certificate}`;
  return client.secret === undefined
    ? 'none'
    : `stored in ${configPath} or ONEDRIVE_CLIENT_SECRET (unencrypted)`;
}
