/** What a server starts with, as plain data: accounts, and what lies in their drives. */

/** A file: its text, its bytes, or just a size (the bytes are then a repeating pattern). */
export interface FileSeed {
  readonly text?: string;
  readonly bytes?: Uint8Array;
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

export interface DriveSeed {
  /** Bytes. Default: 25 GiB for personal drives as in days of old, 1 TiB for business drives. */
  readonly total?: number;
  readonly files?: FolderSeed;
  /** How a personal drive numbers its items. Default: `number`. */
  readonly itemIds?: 'number' | 'guid';
}
