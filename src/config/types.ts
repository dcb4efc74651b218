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
  /** `api`. */
  readonly api: 'graph' | 'live';
  /** `endpoints`: replaces the addresses of the cloud, for a server under test. */
  readonly endpoints: EndpointOverrides;
  readonly request: RequestSettings;
}

export interface ClientSettings {
  /** `client.id`, exactly as written. */
  readonly id: string | undefined;
  /** `client.secret`. */
  readonly secret: string | undefined;
}

/** Absolute URLs without a trailing slash; https, or http on a loopback host. */
export interface EndpointOverrides {
  readonly authority: string | undefined;
  readonly graph: string | undefined;
}

export interface RequestSettings {
  /** `request.base_headers`: sent with every request; names in lower case. */
  readonly baseHeaders: Readonly<Record<string, string>>;
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
