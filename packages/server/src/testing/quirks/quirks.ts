/**
 * Quirks: behavior of the live service that Microsoft's documentation does not describe. Each is enabled by its name in
 * `settings.quirks`; default: none. The sources are clients that work around them.
 */
import type { DriveKind } from '../../people/account-record.ts';

interface Quirk {
  readonly does: string;
  /** Where it was observed. */
  readonly source: string;
}

/** The quirks by name: the behavior of each, and where it was observed. */
export const quirks = {
  'office-rewrite': {
    does: 'Business drives change Office, PDF and HTML files after an upload: size, hash and tags then differ from those of the uploaded file.',
    source: 'github.com/OneDrive/onedrive-api-docs/issues/935',
  },
  'short-drive-id': {
    does: 'Ids of personal drives lose a leading zero in parentReference, and are written in upper case there.',
    source: 'github.com/abraunegg/onedrive/issues/3072, github.com/OneDrive/onedrive-api-docs/issues/1902',
  },
  'etag-moves-on-session': {
    does: 'Creating an upload session on a file gives it a new eTag.',
    source: 'abraunegg/onedrive, onedrive.d, createUploadSession',
  },
  'lost-tombstones': {
    does: 'Every third deletion is missing from delta.',
    source: 'github.com/abraunegg/onedrive/issues/3751, github.com/OneDrive/onedrive-api-docs/issues/1927',
  },
  'no-hash': {
    does: 'Files have no hashes.',
    source: 'abraunegg/onedrive, sync.d; recorded responses in pnp/cli-microsoft365',
  },
  'placeholder-on-aborted-session': {
    does: 'An upload session on a personal drive shows an empty file under its name until it ends.',
    source: 'abraunegg/onedrive, sync.d, cancelling of sessions',
  },
  'business-rejects-delete-if-match': {
    does: 'DELETE with If-Match on a business drive always returns 412.',
    source: 'abraunegg/onedrive, onedrive.d, deleteById',
  },
  'url-encoded-names': {
    does: 'Names in JSON are percent-encoded.',
    source: 'github.com/OneDrive/onedrive-api-docs/issues/1765',
  },
  'delta-duplicates': {
    does: 'Items occur twice on a page of delta; the last occurrence is valid.',
    source: 'https://learn.microsoft.com/graph/api/driveitem-delta (remarks); rclone, onedrive.go, ListR',
  },
  'slow-copy': {
    does: 'A copy takes at least ten seconds.',
    source: 'rclone, onedrive.go, waitForJob',
  },
  'eventual-consistency': {
    does: 'For two seconds after it was created, an item is missing from the listing of its folder and from search.',
    source: 'rclone, docs/onedrive.md; https://learn.microsoft.com/graph/api/driveitem-copy (monitor)',
  },
  'upload-url-rejects-token': {
    does: 'An upload URL returns 401 for a request with an Authorization header.',
    source:
      'https://learn.microsoft.com/graph/api/driveitem-createuploadsession (remarks); rclone, onedrive.go, uploadFragment',
  },
  'transfer-hosts-reject-token': {
    does: 'With --intercept, upload, download and monitor URLs on hosts other than Graph return 401 for a request with an Authorization header: this reveals a client that leaks its token. Off by default, because common clients that work with the service send it.',
    source:
      'https://learn.microsoft.com/graph/api/driveitem-createuploadsession (remarks); rclone, duplicity and onedrive-api send the header',
  },
  'version-on-time-change': {
    does: 'Business drives create a version of a file when only its times are changed.',
    source: 'github.com/rclone/rclone/issues/1716, github.com/abraunegg/onedrive/issues/3526',
  },
  'patch-without-answer': {
    does: 'PATCH of an item returns 204, without the item.',
    source: 'github.com/abraunegg/onedrive/issues/3620',
  },
  'no-quota': {
    does: 'Business drives return a quota of zeros, as for users who may not see it.',
    source: 'rclone, onedrive.go, About; abraunegg/onedrive, sync.d, quota',
  },
  'gzip-answers': {
    does: 'JSON is compressed for clients that accept gzip; the response to a copy request has no body, but the same Content-Encoding.',
    source:
      'github.com/OneDrive/onedrive-api-docs/issues/80, github.com/microsoftgraph/msgraph-sdk-dotnet/issues/431',
  },
  'session-holds-name': {
    does: 'Business drives refuse a second upload session for a name with 409 until the first one ends, for every conflict behavior.',
    source:
      'github.com/OneDrive/onedrive-api-docs/issues/747, github.com/microsoftgraph/microsoft-graph-docs/issues/17631',
  },
  'invite-with-link': {
    does: 'Personal drives return a sharing link in each permission of an invitation.',
    source: 'tests of a client that were written against live personal accounts',
  },
  'embed-folders': {
    does: 'Personal drives also create embed links for folders. Microsoft documents them for files only.',
    source: 'tests of a client that were written against live personal accounts; the web client',
  },
  vault: {
    does: 'Personal drives have a locked Personal Vault at their root; only its properties can be read.',
    source: 'rclone, docs/onedrive.md, "invalidRequest" of the vault; github.com/rclone/rclone/issues/8736',
  },
} as const satisfies Readonly<Record<string, Quirk>>;

/** The name of a quirk. */
export type QuirkName = keyof typeof quirks;

/** Parses a comma-separated list of quirks. @throws Error for a name that is not a quirk. */
export function readQuirks(text: string): readonly QuirkName[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names.find((name) => !Object.hasOwn(quirks, name));
  if (unknown !== undefined)
    throw new Error(`There is no quirk ${unknown}. Available: ${Object.keys(quirks).join(', ')}.`);
  return names as readonly QuirkName[];
}

/** Milliseconds after its creation in which an item is not listed. */
export const consistencyDelay = 2000;
/** Milliseconds that a slow copy takes. */
export const slowCopyDelay = 10_000;

/** The id of a drive in the form of `short-drive-id`. */
export function shortDriveId(id: string, kind: DriveKind): string {
  return kind === 'personal' ? id.replace(/^0(?=[\da-f]{15}$)/i, '').toUpperCase() : id;
}

/** Whether `lost-tombstones` omits the deletion with this sequence number. */
export const losesTombstone = (sequence: number): boolean => sequence % 3 === 0;

/** Whether SharePoint changes files with this name after an upload. */
export const isRewritten = (name: string): boolean => /\.(?:docx|xlsx|pptx|pdf|html?)$/i.test(name);
