/** The central resource: a file, a folder, or a package in a drive. */
import type {
  AudioFacet,
  DeletedFacet,
  FileFacet,
  FileSystemInfo,
  FolderFacet,
  ImageFacet,
  LocationFacet,
  MalwareFacet,
  PackageFacet,
  PhotoFacet,
  PublicationFacet,
  RemoteItem,
  SearchResultFacet,
  SharedFacet,
  SharePointIds,
  SpecialFolderFacet,
  VideoFacet,
} from './facets.ts';
import type { IdentitySet } from './identity.ts';
import type { ItemReference } from './item-reference.ts';
import type { ThumbnailSet } from './thumbnail.ts';

/**
 * A file, folder or package. Unknown properties are kept at run time; properties that are not declared here
 * can be read through a cast. https://learn.microsoft.com/graph/api/resources/driveitem
 */
export interface DriveItem {
  readonly id: string;
  readonly name: string;
  /** Bytes; for a folder, the total of everything below it. */
  readonly size?: number;
  /** Changes with metadata and with content. On business drives the quotes belong to the value. */
  readonly eTag?: string;
  /** Changes with content only. Not on every folder. */
  readonly cTag?: string;
  readonly description?: string;
  readonly webUrl?: string;
  readonly webDavUrl?: string;
  /** ISO 8601, UTC: when the item was created in the service. */
  readonly createdDateTime?: string;
  readonly lastModifiedDateTime?: string;
  readonly createdBy?: IdentitySet;
  readonly lastModifiedBy?: IdentitySet;
  readonly parentReference?: ItemReference;
  readonly fileSystemInfo?: FileSystemInfo;
  readonly folder?: FolderFacet;
  readonly file?: FileFacet;
  readonly package?: PackageFacet;
  readonly root?: object;
  readonly remoteItem?: RemoteItem;
  readonly deleted?: DeletedFacet;
  readonly specialFolder?: SpecialFolderFacet;
  readonly shared?: SharedFacet;
  readonly malware?: MalwareFacet;
  readonly searchResult?: SearchResultFacet;
  readonly publication?: PublicationFacet;
  readonly sharepointIds?: SharePointIds;
  readonly image?: ImageFacet;
  readonly photo?: PhotoFacet;
  readonly audio?: AudioFacet;
  readonly video?: VideoFacet;
  readonly location?: LocationFacet;
  /** Only with `$expand=children`. */
  readonly children?: readonly DriveItem[];
  /** Only with `$expand=thumbnails`. */
  readonly thumbnails?: readonly ThumbnailSet[];
  /**
   * A URL of the content that works without a token for about an hour: a secret, never to be logged or
   * stored. https://learn.microsoft.com/graph/api/driveitem-get-content
   */
  readonly '@microsoft.graph.downloadUrl'?: string;
}

/**
 * What to do if the name is taken.
 * https://learn.microsoft.com/graph/api/resources/driveitem#instance-attributes
 */
export type ConflictBehavior = 'fail' | 'replace' | 'rename';
