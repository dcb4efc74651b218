/** The initial state of a server as plain data: accounts, and the files in their drives. */

import type { ClientRegistration } from '../../identity/client-registration.ts';

/** A file: its text, its bytes, or only a size (its content is then a repeating pattern). */
export interface FileSeed {
  readonly text?: string;
  readonly bytes?: Uint8Array;
  /** Opens the source of its bytes, such as a file on disk; called once for each start or reset. */
  readonly open?: () => AsyncIterable<Uint8Array>;
  /** Size in bytes of generated content. */
  readonly size?: number;
  readonly mimeType?: string;
  readonly description?: string;
  /** When its owner last modified it; ISO 8601. */
  readonly modified?: string;
}

/** An item that clients see neither as file nor as folder: a OneNote notebook. */
export interface PackageSeed {
  readonly package: 'oneNote';
}

/** The names in a folder; a string is a file with that text. */
export interface FolderSeed {
  readonly [name: string]: string | FileSeed | PackageSeed | { readonly folder: FolderSeed };
}

/** An account to create. */
export interface AccountSeed {
  /** Default: derived from the display name, at contoso.onmicrosoft.com or outlook.com. */
  readonly userPrincipalName?: string;
  readonly displayName?: string;
  /** Default: that of the server. */
  readonly kind?: 'personal' | 'business';
  /** Default: random. Personal: 16 hex digits; business: a GUID. */
  readonly id?: string;
  readonly password?: string;
  /** Consents without a page when a client names it as login hint. */
  readonly autoConsent?: boolean;
  readonly tenantId?: string;
  readonly drive?: DriveSeed;
}

/** A drive to create. */
export interface DriveSeed {
  /** Bytes. Default: 25 GiB for personal drives, as in early OneDrive, 1 TiB for business drives. */
  readonly total?: number;
  readonly files?: FolderSeed;
  /** Form of the item ids of a personal drive. Default: `number`. */
  readonly itemIds?: 'number' | 'guid';
}

/** A site of the business directory, with its document libraries. */
export interface SiteSeed {
  /** Path on the host: `sites/team`. Default: the root site. */
  readonly path?: string;
  readonly displayName?: string;
  /** Who may read and write, by userPrincipalName. Default: everyone in the directory. */
  readonly members?: readonly string[];
  /** Who may read. */
  readonly visitors?: readonly string[];
  /** Mail address of a Microsoft 365 group to which the site then belongs. */
  readonly group?: string;
  /** The first one is the default library. Default: one empty library named Documents. */
  readonly libraries?: readonly LibrarySeed[];
}

/** A drive of the kind `documentLibrary`. */
export interface LibrarySeed {
  /** Default: Documents. */
  readonly name?: string;
  /** Bytes. Default: 1 TiB. */
  readonly total?: number;
  readonly files?: FolderSeed;
}

/** The whole initial state of a server. */
export interface Seed {
  /** Default: one account. */
  readonly accounts?: readonly AccountSeed[];
  readonly sites?: readonly SiteSeed[];
  /** Registered applications with their secrets, redirect URIs and consent. */
  readonly applications?: readonly ClientRegistration[];
  /** Files of the first account's drive, in addition to those of its own seed. */
  readonly files?: FolderSeed;
}
