/**
 * The settings of the server and their defaults. If Microsoft's documents contradict each other, the comment gives the
 * reason for the default.
 */

import { defaultIdentitySettings, type IdentitySettings } from '../identity/identity-settings.ts';
import type { QuirkName } from '../testing/quirks/quirks.ts';

/** All settings. Sizes are in bytes, times in milliseconds. */
export interface Settings {
  /**
   * Maximum size of a simple PUT; larger content is refused with 413. Default: 250 MB,
   * https://learn.microsoft.com/graph/api/driveitem-put-content
   */
  readonly simpleUploadLimit: number;
  /**
   * Maximum size of a file. Default: 250 GB, Microsoft Support, "Restrictions and limitations in OneDrive and SharePoint".
   */
  readonly fileLimit: number;
  /**
   * Maximum size of a fragment of an upload session. Default: 60 MiB,
   * https://learn.microsoft.com/graph/api/driveitem-createuploadsession
   */
  readonly fragmentLimit: number;
  /**
   * Refuses fragments, other than the last, whose size is not a multiple of 320 KiB. Default: false, because the service
   * accepts such fragments from clients that resend the rest after a 416.
   */
  readonly strictFragments: boolean;
  /**
   * Conflict behavior of an upload session when the client sends none. Default: replace. The documents say fail, but common
   * clients rely on replace.
   */
  readonly sessionConflict: 'fail' | 'replace' | 'rename';
  /** Lifetime of an upload session after its last fragment. */
  readonly sessionLifetime: number;
  /** Lifetime of a pre-authenticated download URL; the actual lifetime may be shorter by up to a sixtieth. */
  readonly downloadLifetime: number;
  /** Lifetime of a socket.io channel. */
  readonly channelLifetime: number;
  /** Page size of item lists: default and maximum. */
  readonly pageSize: number;
  readonly pageLimit: number;
  /** Minimum duration of a copy; until then its monitor URL reports inProgress. */
  readonly copyDelay: number;
  /** Number of changes that a delta token may be behind; after that the response is 410 resyncRequired. */
  readonly deltaHistory: number;
  /** Base address of the web pages of items, without a trailing slash. Default: this server. */
  readonly webOrigin: string | undefined;
  /** Undocumented behavior of the live service: testing/quirks/quirks.ts. */
  readonly quirks: readonly QuirkName[];
  /**
   * Origins of web pages on other machines that may call the server, in the browser's format: `https://app.example`. Pages
   * on this machine may always call it. Default: none.
   */
  readonly cors: readonly string[];
  /**
   * Under Microsoft's host names, put upload, download and monitor URLs on the service's other hosts, and refuse requests
   * with a token there. Default: false; `startOneDrive({ intercept: true })` turns it on.
   */
  readonly transferHosts: boolean;
  /** Sign-in, consent and tokens. */
  readonly identity: IdentitySettings;
}

const MIB = 1024 * 1024;

export const defaultSettings: Settings = {
  simpleUploadLimit: 250_000_000,
  fileLimit: 250 * 1024 * MIB,
  fragmentLimit: 60 * MIB,
  strictFragments: false,
  sessionConflict: 'replace',
  sessionLifetime: 24 * 3600_000,
  downloadLifetime: 3600_000,
  channelLifetime: 24 * 3600_000,
  pageSize: 200,
  pageLimit: 1000,
  copyDelay: 0,
  transferHosts: false,
  deltaHistory: Number.MAX_SAFE_INTEGER,
  webOrigin: undefined,
  quirks: [],
  cors: [],
  identity: defaultIdentitySettings,
};
