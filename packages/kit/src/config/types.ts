/**
 * The configuration as the rest of the program uses it. `docs/guide/configuration.md` describes the file; the
 * names in the file are listed beside each field.
 */
import type { CloudName } from '../auth/clouds.ts';
import type { SignInSession } from '../auth/session-store.ts';

/** One account: which application signs in, with which account, where, and with which permissions. */
export interface Profile {
  /** `default` for the top-level keys of the file, otherwise the name under `profiles`. */
  readonly name: string;
  readonly client: ClientSettings;
  /** `auth`: the tokens of the last sign-in. */
  readonly session: SignInSession;
  /** `account`: the address to suggest on the sign-in page. */
  readonly account: string | undefined;
  /** `tenant`: `common`, `organizations`, `consumers`, a GUID or a domain. */
  readonly tenant: string | undefined;
  /** `cloud`. */
  readonly cloud: CloudName;
  /** `drive`: id of the drive to use; undefined = the account's own drive. */
  readonly drive: string | undefined;
  /** `scopes`: undefined = the default scopes. */
  readonly scopes: readonly string[] | undefined;
  /** `api`: Microsoft Graph, or the older Live v5.0 API, which only an embedded OneDrive still serves. */
  readonly api: 'graph' | 'live-v5';
  /** `endpoints`: replaces the addresses of the cloud, for a test server. */
  readonly endpoints: EndpointOverrides;
  readonly request: RequestSettings;
  /** `sign_in`: as a user, or as the application itself. */
  readonly signIn: 'user' | 'app';
  /** `read_only`: refuse every change before anything is sent. */
  readonly readOnly: boolean;
  /** `output`: how the command line prints lists: with bullets (`list`, the default) or one entry per line (`plain`). */
  readonly output: 'list' | 'plain' | undefined;
  /**
   * `secrets`: where to store a new sign-in; undefined = the keychain of the system if it is running,
   * otherwise the file.
   */
  readonly secrets: 'keyring' | 'file' | undefined;
  readonly network: NetworkSettings;
}

/**
 * The application and its credential. At most one credential is used: assertion, certificate, secret, in this
 * order.
 */
export interface ClientSettings {
  /** `client.id`, exactly as written. */
  readonly id: string | undefined;
  /** `client.secret`. */
  readonly secret: string | undefined;
  /** `client.certificate`: path of a PEM (certificate and private key) or a PFX. */
  readonly certificate?: string | undefined;
  /** `client.certificate_password`. */
  readonly certificatePassword?: string | undefined;
  /** `client.federated_token_file`: path of a token of another issuer, read for each use. */
  readonly federatedTokenFile?: string | undefined;
  /** `client.federation`: another source of such a token. */
  readonly federation?: 'github' | undefined;
}

/** Network settings. Paths are as written: relative ones start at the current folder. */
export interface NetworkSettings {
  /** `network.proxy`: replaces HTTPS_PROXY; `none` for no proxy. */
  readonly proxy?: string | undefined;
  /** `network.ca_cert`: PEM of certificate authorities to trust in addition to the default ones. */
  readonly caCert?: string | undefined;
  /**
   * `network.client_cert`: PEM (certificate and key) or PFX for servers and proxies that request a client
   * certificate.
   */
  readonly clientCert?: string | undefined;
  /** `network.client_cert_password`. */
  readonly clientCertPassword?: string | undefined;
  /** `network.timeout`: timeout in milliseconds without a byte (seconds in the file and the option). */
  readonly timeoutMs?: number | undefined;
  /** Maximum number of connections to one host; `request.adapter_settings.pool_maxsize` of the older tool. */
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
  /** Address of a server that serves the Live v5.0 API, its sign-in and its uploads. */
  readonly live?: string | undefined;
}

export interface RequestSettings {
  /** `request.base_headers`: sent with every request; names in lower case. */
  readonly baseHeaders: Readonly<Record<string, string>>;
  /** `request.extra_keywords.timeout` of the older tool, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** `request.adapter_settings.pool_maxsize` of the older tool: maximum number of connections. */
  readonly poolSize?: number | undefined;
  /** Dotted names of settings of the older tool's HTTP library that have no effect here. */
  readonly unknown?: readonly string[] | undefined;
}

/** The contents of a configuration file. */
export interface Config {
  /** Absolute path of the file, whether or not it exists. */
  readonly path: string;
  readonly exists: boolean;
  /** `profile`: the default profile, which is used without `--profile`. */
  readonly defaultProfile: string;
  /** `default` first, then the file's order. */
  readonly profiles: readonly Profile[];
  /** Warnings to print once: secrets that other users can read. */
  readonly warnings: readonly string[];
}
