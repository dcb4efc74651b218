/**
 * Tokens of another issuer, which Microsoft exchanges for its own tokens, so that no secret has to be stored.
 * From a file that the platform renews (Kubernetes, Azure), or from GitHub Actions. Sources:
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation ,
 * https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect
 */
import { OneDriveError } from '../errors/index.ts';
import { readText } from '../http/read.ts';
import type { Transport } from '../http/transport.ts';
import { origin } from './endpoints.ts';

/** Returns a fresh token of the other issuer at every call. */
export type FederatedToken = (signal?: AbortSignal) => Promise<string>;

/** The audience that Microsoft requires of such a token. */
const audience = 'api://AzureADTokenExchange';

/** Returns the token in a file, which is read at each use. @param read returns the text of the file. */
export function fileToken(read: () => Promise<string>, source: string): FederatedToken {
  return async () => {
    const text = await read().catch((error: unknown) => {
      throw notThere(`The token file ${source} cannot be read.`, error);
    });
    if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text.trim()))
      throw notThere(`The token file ${source} contains no token (JWT).`);
    return text.trim();
  };
}

/** How to request a token from GitHub Actions. */
export interface GithubOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Never one that signs requests. */
  readonly transport: Transport;
}

/** The token of a GitHub Actions job that has `permissions: id-token: write`. */
export function githubToken({ env, transport }: GithubOptions): FederatedToken {
  return async (signal) => {
    const address = env['ACTIONS_ID_TOKEN_REQUEST_URL'];
    const bearer = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
    if (!address || !bearer)
      throw notThere('This process is not a GitHub Actions job with permission to request a token.');
    const url = new URL(address);
    origin(url.origin, 'ACTIONS_ID_TOKEN_REQUEST_URL');
    url.searchParams.set('audience', audience);
    const response = await transport({
      method: 'GET',
      url: url.href,
      headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' },
      signal,
    });
    const value = response.status === 200 ? tokenIn(await readText(response, { limit: 1 << 20 })) : undefined;
    if (value === undefined)
      throw notThere(`GitHub returned no token for this job (status ${String(response.status)}).`);
    return value;
  };
}

function tokenIn(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const value = typeof body === 'object' && body !== null && 'value' in body ? body.value : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}

function notThere(message: string, cause?: unknown): OneDriveError {
  return new OneDriveError('auth-failed', message, {
    cause,
    hint: 'Set client.federated_token_file to the file. In GitHub Actions the job needs `permissions: id-token: write`.',
  });
}
