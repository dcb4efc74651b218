/**
 * The configuration as the rest of the program sees it. `docs/guide/configuration.md` shows the file; the names in
 * the file are given beside each field.
 */
import type { CloudName } from '../auth/clouds.ts';
import type { SignInSession } from '../auth/session-store.ts';

/** One account: which application signs in, who, where, and what it may do. */
export interface Profile {
  /** `default` for the keys at the top of the file, else the name under `profiles`. */
  readonly name: string;
  readonly client: ClientSettings;
  /** `auth`: what the last sign-in left. */
  readonly session: SignInSession;
  /** `account`: the address to suggest on the sign-in page. */
  readonly account: string | undefined;
  /** `tenant`: `common`, `organizations`, `consumers`, a GUID or a domain. */
  readonly tenant: string | undefined;
  /** `cloud`. */
  readonly cloud: CloudName;
  /** `drive`: id of the drive to use; undefined = the account's own. */
  readonly drive: string | undefined;
  /** `scopes`: undefined = the usual ones. */
  readonly scopes: readonly string[] | undefined;
  /** `api`: Microsoft Graph, or the older Live v5.0 API, which only an embedded OneDrive still answers. */
  readonly api: 'graph' | 'live-v5';
  /** `endpoints`: replaces the addresses of the cloud, for a server under test. */
  readonly endpoints: EndpointOverrides;
  readonly request: RequestSettings;
  /** `sign_in`: as a person, or as the application itself. */
  readonly signIn: 'user' | 'app';
  /** `read_only`: refuse every change before anything is sent. */
  readonly readOnly: boolean;
  /** `secrets`: where a new sign-in is kept; undefined = the key store of the system where one runs, else the file. */
  readonly secrets: 'keyring' | 'file' | undefined;
  readonly network: NetworkSettings;
}

/** Which application, and how it proves itself. At most one proof is used: assertion, certificate, secret, in this order. */
export interface ClientSettings {
  /** `client.id`, exactly as written. */
  readonly id: string | undefined;
  /** `client.secret`. */
  readonly secret: string | undefined;
  /** `client.certificate`: path of a PEM (certificate and private key) or a PFX. */
  readonly certificate?: string | undefined;
  /** `client.certificate_password`. */
  readonly certificatePassword?: string | undefined;
  /** `client.federated_token_file`: path of a token of another issuer, read anew for each use. */
  readonly federatedTokenFile?: string | undefined;
  /** `client.federation`: where else such a token comes from. */
  readonly federation?: 'github' | undefined;
}

/** How requests travel. Paths are as written: relative ones start at the current folder. */
export interface NetworkSettings {
  /** `network.proxy`: instead of HTTPS_PROXY; `none` for no proxy. */
  readonly proxy?: string | undefined;
  /** `network.ca_cert`: PEM of authorities to trust besides the usual ones. */
  readonly caCert?: string | undefined;
  /** `network.client_cert`: PEM (certificate and key) or PFX to show to a server or proxy that asks. */
  readonly clientCert?: string | undefined;
  /** `network.client_cert_password`. */
  readonly clientCertPassword?: string | undefined;
  /** `network.timeout`: milliseconds of silence (the file and the flag say seconds). */
  readonly timeoutMs?: number | undefined;
  /** Connections at a time to one host; `request.adapter_settings.pool_maxsize` of the older tool. */
  readonly maxConnections?: number | undefined;
  /** `network.ip`: use only this version of IP. */
  readonly ip?: '4' | '6' | undefined;
  /** `network.user_agent`: in the form NONISV|Company|App/1.0. */
  readonly userAgent?: string | undefined;
}

/** Absolute URLs without a trailing slash; https, or http on a loopback host. */
export interface EndpointOverrides {
  readonly authority: string | undefined;
  readonly graph: string | undefined;
  /** Of a server that answers the Live v5.0 API, its sign-in and its uploads at one address. */
  readonly live?: string | undefined;
}

export interface RequestSettings {
  /** `request.base_headers`: sent with every request; names in lower case. */
  readonly baseHeaders: Readonly<Record<string, string>>;
  /** `request.extra_keywords.timeout` of the older tool, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** `request.adapter_settings.pool_maxsize` of the older tool: connections at a time. */
  readonly poolSize?: number | undefined;
  /** Dotted names of settings of the older tool's HTTP library that mean nothing here. */
  readonly unknown?: readonly string[] | undefined;
}

/** A configuration file, read. */
export interface Config {
  /** Absolute path of the file, whether or not it exists. */
  readonly path: string;
  readonly exists: boolean;
  /** `profile`: which one counts where `--profile` is not given. */
  readonly defaultProfile: string;
  /** `default` first, then the file's order. */
  readonly profiles: readonly Profile[];
  /** Lines to tell the user once: secrets that others can read. */
  readonly warnings: readonly string[];
}
