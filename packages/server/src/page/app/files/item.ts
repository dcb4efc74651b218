/** The parts of Graph's objects that the page reads. https://learn.microsoft.com/graph/api/resources/driveitem */

interface Identity {
  readonly displayName?: string;
  readonly email?: string;
}

export interface IdentitySet {
  readonly user?: Identity;
  readonly group?: Identity;
  readonly siteUser?: Identity;
  readonly application?: Identity;
}

export interface Item {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly lastModifiedDateTime?: string;
  readonly createdDateTime?: string;
  readonly createdBy?: IdentitySet;
  readonly lastModifiedBy?: IdentitySet;
  /** The times that the program which uploaded the file reported. */
  readonly fileSystemInfo?: { readonly lastModifiedDateTime?: string; readonly createdDateTime?: string };
  readonly folder?: { readonly childCount: number };
  readonly file?: { readonly mimeType?: string; readonly hashes?: Readonly<Record<string, string>> };
  readonly package?: { readonly type: string };
  readonly image?: { readonly width?: number; readonly height?: number };
  readonly shared?: { readonly scope?: string };
  readonly webUrl?: string;
  readonly '@microsoft.graph.downloadUrl'?: string;
}

export interface Version {
  readonly id: string;
  readonly size: number;
  readonly lastModifiedDateTime: string;
  readonly lastModifiedBy?: IdentitySet;
}

export interface Permission {
  readonly id: string;
  readonly roles: readonly string[];
  readonly link?: { readonly scope?: string; readonly type?: string; readonly webUrl?: string };
  readonly hasPassword?: boolean;
  readonly expirationDateTime?: string;
  readonly inheritedFrom?: object;
  readonly grantedTo?: IdentitySet;
  readonly grantedToV2?: IdentitySet;
  readonly invitation?: { readonly email?: string };
}

export interface ThumbnailSet {
  readonly small?: { readonly url: string };
  readonly medium?: { readonly url: string };
  readonly large?: { readonly url: string };
}

/** An item in the recycle bin, as the control API lists it. */
export interface BinItem {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly folder: boolean;
  readonly deleted: string;
}

/** Whether the item opens as a folder. A notebook is a folder too, but is shown as one thing. */
export function isFolder(item: Pick<Item, 'folder' | 'package'>): boolean {
  return item.folder !== undefined && item.package === undefined;
}

/** When the content was last changed; ISO 8601. */
export function modifiedOf({ fileSystemInfo, lastModifiedDateTime }: Item): string | undefined {
  return fileSystemInfo?.lastModifiedDateTime ?? lastModifiedDateTime;
}
