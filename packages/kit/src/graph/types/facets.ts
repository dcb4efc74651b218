/**
 * Facets: the optional parts of a driveItem whose presence shows what the item is (a folder, a photo, deleted
 * …). Every field may be missing: the service omits what it does not know, and `$select` omits the rest.
 */
import type { IdentitySet } from './identity.ts';
import type { ItemReference } from './item-reference.ts';

/** Present on folders. https://learn.microsoft.com/graph/api/resources/folder */
export interface FolderFacet {
  /** Direct children. */
  readonly childCount?: number;
  readonly view?: FolderView;
}

/** How the web page shows a folder. https://learn.microsoft.com/graph/api/resources/folderview */
export interface FolderView {
  readonly sortBy?: string;
  readonly sortOrder?: string;
  readonly viewType?: string;
}

/** Present on files. https://learn.microsoft.com/graph/api/resources/file */
export interface FileFacet {
  readonly mimeType?: string;
  readonly hashes?: Hashes;
}

/**
 * Checksums of the content; often missing, on some drives also for zero-byte files.
 * https://learn.microsoft.com/graph/api/resources/hashes
 */
export interface Hashes {
  /** Base64 of 20 bytes; the only hash that both kinds of drive may have. */
  readonly quickXorHash?: string;
  /** Hex, in upper or lower case. */
  readonly sha1Hash?: string;
  /** Hex, in upper or lower case. Documented as not supported, seen on personal drives. */
  readonly sha256Hash?: string;
  /** Hex, in upper or lower case. */
  readonly crc32Hash?: string;
}

/** Times from the client's file system. https://learn.microsoft.com/graph/api/resources/filesysteminfo */
export interface FileSystemInfo {
  /** ISO 8601, UTC, ends in `Z`; the service keeps whole seconds. */
  readonly createdDateTime?: string;
  readonly lastModifiedDateTime?: string;
  /** Only in the list of recent files, on personal drives. */
  readonly lastAccessedDateTime?: string;
}

/** https://learn.microsoft.com/graph/api/resources/image */
export interface ImageFacet {
  /** Pixels. */
  readonly height?: number;
  /** Pixels. */
  readonly width?: number;
}

/** https://learn.microsoft.com/graph/api/resources/photo */
export interface PhotoFacet {
  readonly cameraMake?: string;
  readonly cameraModel?: string;
  readonly exposureDenominator?: number;
  readonly exposureNumerator?: number;
  readonly fNumber?: number;
  /** Millimetres. */
  readonly focalLength?: number;
  readonly iso?: number;
  /** EXIF orientation, 1..8. */
  readonly orientation?: number;
  readonly takenDateTime?: string;
}

/** https://learn.microsoft.com/graph/api/resources/audio */
export interface AudioFacet {
  readonly album?: string;
  readonly albumArtist?: string;
  readonly artist?: string;
  /** Kilobits per second. */
  readonly bitrate?: number;
  readonly composers?: string;
  readonly copyright?: string;
  readonly disc?: number;
  readonly discCount?: number;
  /** Milliseconds. */
  readonly duration?: number;
  readonly genre?: string;
  readonly hasDrm?: boolean;
  readonly isVariableBitrate?: boolean;
  readonly title?: string;
  readonly track?: number;
  readonly trackCount?: number;
  readonly year?: number;
}

/** https://learn.microsoft.com/graph/api/resources/video */
export interface VideoFacet {
  readonly audioBitsPerSample?: number;
  readonly audioChannels?: number;
  readonly audioFormat?: string;
  readonly audioSamplesPerSecond?: number;
  /** Bits per second. */
  readonly bitrate?: number;
  /** Milliseconds. */
  readonly duration?: number;
  readonly fourCC?: string;
  readonly frameRate?: number;
  readonly height?: number;
  readonly width?: number;
}

/** https://learn.microsoft.com/graph/api/resources/geocoordinates */
export interface LocationFacet {
  /** Feet above sea level. */
  readonly altitude?: number;
  readonly latitude?: number;
  readonly longitude?: number;
}

/** A folder that acts as one file: a OneNote notebook. https://learn.microsoft.com/graph/api/resources/package */
export interface PackageFacet {
  /** `oneNote`. */
  readonly type?: string;
}

/** https://learn.microsoft.com/graph/api/resources/shared */
export interface SharedFacet {
  readonly owner?: IdentitySet;
  /** `anonymous`, `organization` or `users`. */
  readonly scope?: string;
  readonly sharedBy?: IdentitySet;
  readonly sharedDateTime?: string;
}

/** Present on deleted items in a delta page. https://learn.microsoft.com/graph/api/resources/deleted */
export interface DeletedFacet {
  readonly state?: string;
}

/** https://learn.microsoft.com/graph/api/resources/specialfolder */
export interface SpecialFolderFacet {
  readonly name?: string;
}

/** https://learn.microsoft.com/graph/api/resources/searchresult */
export interface SearchResultFacet {
  readonly onClickTelemetryUrl?: string;
}

/**
 * Present on files in which the service detected malware.
 * https://learn.microsoft.com/graph/api/resources/malware
 */
export interface MalwareFacet {
  readonly description?: string;
}

/** https://learn.microsoft.com/graph/api/resources/publicationfacet */
export interface PublicationFacet {
  readonly level?: string;
  readonly versionId?: string;
}

/** https://learn.microsoft.com/graph/api/resources/sharepointids */
export interface SharePointIds {
  readonly listId?: string;
  readonly listItemId?: string;
  readonly listItemUniqueId?: string;
  readonly siteId?: string;
  readonly siteUrl?: string;
  readonly tenantId?: string;
  readonly webId?: string;
}

/**
 * The item of another drive that this item refers to.
 * https://learn.microsoft.com/graph/api/resources/remoteitem
 */
export interface RemoteItem {
  readonly id?: string;
  readonly name?: string;
  readonly createdBy?: IdentitySet;
  readonly createdDateTime?: string;
  readonly file?: FileFacet;
  readonly fileSystemInfo?: FileSystemInfo;
  readonly folder?: FolderFacet;
  readonly image?: ImageFacet;
  readonly lastModifiedBy?: IdentitySet;
  readonly lastModifiedDateTime?: string;
  readonly package?: PackageFacet;
  readonly parentReference?: ItemReference;
  readonly shared?: SharedFacet;
  readonly sharepointIds?: SharePointIds;
  /** Bytes. */
  readonly size?: number;
  readonly specialFolder?: SpecialFolderFacet;
  readonly video?: VideoFacet;
  readonly webDavUrl?: string;
  readonly webUrl?: string;
}
