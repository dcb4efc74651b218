/** What a server starts with, as plain data: accounts, and what lies in their drives. */

import type { ClientRegistration } from '../../identity/client-registration.ts';

/** A file: its text, its bytes, or just a size (the bytes are then a repeating pattern). */
export interface FileSeed {
  readonly text?: string;
  readonly bytes?: Uint8Array;
  /** Where its bytes come from when it is planted: a file on disk. Opened once for each start or reset. */
  readonly open?: () => AsyncIterable<Uint8Array>;
  /** Bytes of filler. */
  readonly size?: number;
  readonly mimeType?: string;
  readonly description?: string;
  /** When its owner last changed it; ISO 8601. */
  readonly modified?: string;
}

/** A thing that is neither file nor folder to clients: a OneNote notebook. */
export interface PackageSeed {
  readonly package: 'oneNote';
}

/** The names in a folder; a string is a file with that text. */
export interface FolderSeed {
  readonly [name: string]: string | FileSeed | PackageSeed | { readonly folder: FolderSeed };
}

/** An account to make. */
export interface AccountSeed {
  /** Default: made from the first part of the name, at contoso.onmicrosoft.com or outlook.com. */
  readonly userPrincipalName?: string;
  readonly displayName?: string;
  /** Default: that of the server. */
  readonly kind?: 'personal' | 'business';
  /** Default: made by chance. Personal: 16 hex digits; business: a GUID. */
  readonly id?: string;
  readonly password?: string;
  /** Consents by itself when a client names it. */
  readonly autoConsent?: boolean;
  readonly tenantId?: string;
  readonly drive?: DriveSeed;
}

/** A drive to make. */
export interface DriveSeed {
  /** Bytes. Default: 25 GiB for personal drives as in days of old, 1 TiB for business drives. */
  readonly total?: number;
  readonly files?: FolderSeed;
  /** How a personal drive numbers its items. Default: `number`. */
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
  /** Makes the site that of a Microsoft 365 group, with this mail address. */
  readonly group?: string;
  /** The first one is the default library. Default: one called Documents, empty. */
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

/** Everything that a server starts with. */
export interface Seed {
  /** Default: one account. */
  readonly accounts?: readonly AccountSeed[];
  readonly sites?: readonly SiteSeed[];
  /** Applications with rules of their own: secrets, redirect URIs, consent. */
  readonly applications?: readonly ClientRegistration[];
  /** What the first account's drive holds, besides what its own seed says. */
  readonly files?: FolderSeed;
}
