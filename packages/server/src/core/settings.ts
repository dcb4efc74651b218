/** What can be configured, and the defaults. Where Microsoft's texts contradict each other, the reason stands here. */

import { defaultIdentitySettings, type IdentitySettings } from '../identity/identity-settings.ts';
import type { QuirkName } from '../testing/quirks/quirks.ts';

/** Everything that can be set. Sizes are bytes, times milliseconds. */
export interface Settings {
  /** Bytes that a simple PUT takes; more is 413. 250 MB: https://learn.microsoft.com/graph/api/driveitem-put-content */
  readonly simpleUploadLimit: number;
  /** Bytes of a whole file. 250 GB: Microsoft Support, "Restrictions and limitations in OneDrive and SharePoint". */
  readonly fileLimit: number;
  /** Bytes of one fragment of an upload session; 60 MiB: https://learn.microsoft.com/graph/api/driveitem-createuploadsession */
  readonly fragmentLimit: number;
  /** Refuse a fragment, other than the last, that is no multiple of 320 KiB. Off: clients that resend a rest after a 416 break the rule and are served. */
  readonly strictFragments: boolean;
  /** What a session does when its name is taken and the client said nothing. The text says fail; clients in use rely on replace. */
  readonly sessionConflict: 'fail' | 'replace' | 'rename';
  /** Milliseconds that an upload session lives after its last fragment. */
  readonly sessionLifetime: number;
  /** Milliseconds that a pre-authenticated download URL lives; it may be up to a sixtieth less. */
  readonly downloadLifetime: number;
  /** Milliseconds that a socket.io channel lives. */
  readonly channelLifetime: number;
  /** Items on a page when the client does not say, and at most. */
  readonly pageSize: number;
  readonly pageLimit: number;
  /** Milliseconds that a copy takes at least; its monitor says inProgress meanwhile. */
  readonly copyDelay: number;
  /** Changes that a delta token may lie behind before the answer is 410 resyncRequired. */
  readonly deltaHistory: number;
  /** Where the web pages of items are said to live, without a slash at the end. Undefined: this server. */
  readonly webOrigin: string | undefined;
  /** What the live service does and the documents do not say: domain/quirks.ts. */
  readonly quirks: readonly QuirkName[];
  /**
   * Origins of web pages on other machines that may use the server, as browsers send them: `https://app.example`. Pages
   * of this machine may use it anyway. Default: none.
   */
  readonly cors: readonly string[];
  /**
   * Under Microsoft's host names, put upload, download and monitor URLs on the service's other hosts, and refuse a token
   * there. Default: false; `startOneDrive({ intercept: true })` turns it on.
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
