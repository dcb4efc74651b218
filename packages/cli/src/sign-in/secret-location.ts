/** What can be told of a sign-in without asking anybody: whether there is one, and where its secrets lie. */
import type { Profile } from 'onedrive-kit/config';

/** True where a token, or the means to get one, is kept. */
export function isSignedIn({ session, signIn, client }: Profile): boolean {
  if (signIn === 'app')
    return (
      (client.secret ?? client.certificate ?? client.federatedTokenFile ?? client.federation) !== undefined
    );
  return keepsSecrets(session);
}

/** True where `auth` left something that signing out has to take away. */
export function keepsSecrets({ refreshToken, accessToken, code, sealed }: Profile['session']): boolean {
  return (refreshToken ?? accessToken ?? code ?? sealed) !== undefined;
}

/** Where the secret of the sign-in lies, as people read it. */
export function secretPlace(
  { session, signIn, client }: Profile,
  configPath: string,
  keyStore: string,
): string {
  if (signIn === 'app') return applicationPlace(client, configPath);
  if (session.sealed !== undefined) return `stored in ${configPath}, encrypted with a key in ${keyStore}`;
  if ((session.refreshToken ?? session.accessToken ?? session.code) === undefined) return 'none';
  return `stored in ${configPath} (unencrypted)`;
}

function applicationPlace(client: Profile['client'], configPath: string): string {
  if (client.federatedTokenFile !== undefined) return `token in ${client.federatedTokenFile}`;
  if (client.federation === 'github') return 'none: GitHub issues a token to each job';
  if (client.certificate !== undefined) return `certificate ${client.certificate}`;
  return client.secret === undefined
    ? 'none'
    : `stored in ${configPath} or ONEDRIVE_CLIENT_SECRET (unencrypted)`;
}
