/**
 * Computes the sign-in and Graph addresses from the cloud, the tenant and optional addresses of a test
 * server. The sign-in service's discovery document contains nothing more, so it is not requested. Source:
 * https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
 */
import type { AuthorizationServer } from 'oauth4webapi';
import { OneDriveError } from '../errors/index.ts';
import { type CloudName, clouds } from './clouds.ts';

/** The settings that determine the addresses of sign-in and Graph. */
export interface EndpointOptions {
  /** Default: `global`. */
  readonly cloud?: CloudName | undefined;
  /** Default: `common`. */
  readonly tenant?: string | undefined;
  /** Replaces the cloud's sign-in origin, for example `http://127.0.0.1:8080`. */
  readonly authority?: string | undefined;
  /** Replaces the cloud's Graph origin. */
  readonly graph?: string | undefined;
}

/** The sign-in and Graph addresses of an account. */
export interface Endpoints {
  /** Sign-in origin without a trailing slash. */
  readonly authority: string;
  readonly tenant: string;
  readonly server: AuthorizationServer;
  /** Base URL of Graph v1.0 without a trailing slash. */
  readonly graphBaseUrl: string;
  /** Whether the sign-in server is on this machine and without TLS. Only then is http allowed. */
  readonly insecureLoopback: boolean;
}

/**
 * Returns the addresses of a cloud and tenant.
 * @throws OneDriveError `config` for an invalid address or tenant, and for http to another machine.
 */
export function resolveEndpoints(options: EndpointOptions = {}): Endpoints {
  const cloud = clouds[options.cloud ?? 'global'];
  const authority = origin(options.authority ?? cloud.authority, 'endpoints.authority');
  const graph = origin(options.graph ?? cloud.graph, 'endpoints.graph');
  const tenant = options.tenant ?? 'common';
  if (!/^[\w.-]+$/.test(tenant)) {
    throw new OneDriveError(
      'config',
      `Invalid tenant "${tenant}": expected common, organizations, consumers, a GUID or a domain.`,
    );
  }
  const base = `${authority}/${tenant}`;
  return {
    authority,
    tenant,
    graphBaseUrl: graph.endsWith('/v1.0') ? graph : `${graph}/v1.0`,
    insecureLoopback: authority.startsWith('http:'),
    server: {
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      id_token_signing_alg_values_supported: ['RS256'],
    },
  };
}

/** True for 127.0.0.0/8, [::1] and localhost: addresses that never leave this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Returns an https URL, or an http one on this machine, without trailing slashes.
 * @throws OneDriveError `config`.
 */
export function origin(address: string, name: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const usable =
    url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)));
  if (!usable || url.username || url.password || url.search || url.hash) {
    throw new OneDriveError(
      'config',
      `Invalid ${name}: expected an https address such as https://login.microsoftonline.com, or http on 127.0.0.1.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
