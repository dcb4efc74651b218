/** Graph requests about the drive of the signed-in user. */
import { controlJson } from '../kit/control.ts';
import { getJson, request, sendJson } from '../kit/graph.ts';
import { encodedPath } from './address.ts';
import type { BinItem, Item, Permission, ThumbnailSet, Version } from './item.ts';

export interface User {
  readonly displayName: string;
  readonly userPrincipalName?: string;
}

export interface DriveInfo {
  readonly id: string;
  readonly driveType: string;
  readonly quota?: { readonly used?: number; readonly total?: number };
}

interface Page<T> {
  readonly value: readonly T[];
  readonly '@odata.nextLink'?: string;
}

export interface LinkChoice {
  readonly type: 'view' | 'edit';
  readonly scope: 'anonymous' | 'organization';
}

/** The largest page that Graph returns. */
const pageSize = 1000;
/** What the list shows; details are requested when they are opened. */
const listed = 'id,name,size,lastModifiedDateTime,fileSystemInfo,folder,file,package,shared';

/** The operations of the page on one drive. */
export function openDrive(info: DriveInfo) {
  const base = `/drives/${encodeURIComponent(info.id)}`;
  const at = (id: string) => `${base}/items/${encodeURIComponent(id)}`;
  const child = (folder: string, path: readonly string[]) => `${at(folder)}:/${encodedPath(path)}:`;
  return {
    info,
    itemAt: (path: readonly string[], signal?: AbortSignal) =>
      getJson<Item>(path.length === 0 ? `${base}/root` : `${base}/root:/${encodedPath(path)}`, signal),
    item: (id: string, signal?: AbortSignal) => getJson<Item>(at(id), signal),
    /** Yields the children of a folder page by page. */
    async *children(id: string, signal: AbortSignal): AsyncGenerator<readonly Item[]> {
      let url: string | undefined = `${at(id)}/children?$top=${pageSize}&$select=${listed}`;
      while (url !== undefined) {
        const page: Page<Item> = await getJson<Page<Item>>(url, signal);
        yield page.value;
        url = page['@odata.nextLink'];
      }
    },
    thumbnails: async (id: string, signal?: AbortSignal) =>
      (await getJson<Page<ThumbnailSet>>(`${at(id)}/thumbnails`, signal)).value[0],
    createFolder: (parent: string, name: string) =>
      sendJson<Item>('POST', `${at(parent)}/children`, {
        name,
        folder: {},
        '@microsoft.graph.conflictBehavior': 'fail',
      }),
    rename: (id: string, name: string) => sendJson<Item>('PATCH', at(id), { name }),
    remove: (id: string) => request(at(id), { method: 'DELETE' }),
    restore: (id: string) => sendJson<Item>('POST', `${at(id)}/restore`, {}),
    bin: async () =>
      (await controlJson<Page<BinItem>>(`recycle-bin?drive=${encodeURIComponent(info.id)}`)).value,
    ...versionsAndSharing(at),
    contentUrl: (folder: string, path: readonly string[]) => `/v1.0${child(folder, path)}/content`,
    createSession: (folder: string, path: readonly string[]) =>
      sendJson<{ readonly uploadUrl: string }>('POST', `${child(folder, path)}/createUploadSession`, {
        item: { '@microsoft.graph.conflictBehavior': 'replace' },
      }),
  };
}

function versionsAndSharing(at: (id: string) => string) {
  return {
    versions: async (id: string, signal?: AbortSignal) =>
      (await getJson<Page<Version>>(`${at(id)}/versions`, signal)).value,
    restoreVersion: (id: string, version: string) =>
      sendJson('POST', `${at(id)}/versions/${encodeURIComponent(version)}/restoreVersion`),
    versionContent: async (id: string, version: string) =>
      (await request(`${at(id)}/versions/${encodeURIComponent(version)}/content`)).blob(),
    permissions: async (id: string, signal?: AbortSignal) =>
      (await getJson<Page<Permission>>(`${at(id)}/permissions`, signal)).value,
    createLink: (id: string, choice: LinkChoice) =>
      sendJson<Permission>('POST', `${at(id)}/createLink`, choice),
    revoke: (id: string, permission: string) =>
      request(`${at(id)}/permissions/${encodeURIComponent(permission)}`, { method: 'DELETE' }),
  };
}

export type Drive = ReturnType<typeof openDrive>;
