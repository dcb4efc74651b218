/**
 * Finds the target of a URL that a user copied: from the address bar of a browser, from Teams, or a sharing
 * link. Pure; find-drive.ts sends the requests. The service itself resolves most URLs (`/shares`); this
 * module extracts the address of the item from the URLs of pages that show it. Sources:
 * https://learn.microsoft.com/graph/api/shares-get (sharing links and web addresses of items),
 * https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams (links of
 * Teams); the URLs of OneDrive's and SharePoint's pages are undocumented and taken from browsers.
 */

/** The target of a URL. */
export type ItemUrl =
  /** URLs for the service to resolve: the first one that it knows is used. All absolute. */
  | { readonly kind: 'share'; readonly urls: readonly string[] }
  /** An item of a personal drive. */
  | { readonly kind: 'item'; readonly drive: string; readonly item: string }
  /** The first library of a site: `sites/team`, `personal/ann_contoso_com`; '' for the root site. */
  | { readonly kind: 'site'; readonly host: string; readonly path: string }
  /** A folder of the library of a team. */
  | { readonly kind: 'group'; readonly group: string; readonly path: readonly string[] };

/**
 * Returns whether a text is a URL, and thus neither a path nor an id. Paths cannot contain a colonundefined
X
 */
export function isItemUrl(text: string): boolean {
  return /^https?:\/\/[^/\s]/i.test(text) && URL.canParse(text);
}

/** Returns the target of `text`, which {@link isItemUrl}. The last candidate is always the original URL. */
export function readItemUrl(text: string): ItemUrl {
  return leads(text, 3);
}

/** @param depth the number of nested links to follow. */
function leads(text: string, depth: number): ItemUrl {
  const url = new URL(text);
  const host = url.hostname.toLowerCase();
  if (depth > 0 && isTeams(host)) return teams(url, depth) ?? asTyped(text);
  if (host === 'onedrive.live.com' || host === 'photos.onedrive.com') return consumer(url) ?? asTyped(text);
  return page(url) ?? asTyped(text);
}

const asTyped = (...urls: readonly string[]): ItemUrl => ({ kind: 'share', urls: [...new Set(urls)] });

const isTeams = (host: string): boolean =>
  /^teams\.(?:microsoft\.com|live\.com|cloud\.microsoft)$/.test(host);

/**
 * `/l/file/…?objectUrl=…`, `/_#/docx/viewer/teams/https:~2F~2F…` (files of chats and channels),
 * `/l/channel/…/General` and `/l/team/…`, whose files belong to a group.
 */
function teams(url: URL, depth: number): ItemUrl | undefined {
  const object = parameter(url, 'objectUrl') ?? viewed(url);
  if (object !== undefined) {
    const inner = decoded(object);
    return [object, inner].filter(isItemUrl).map((one) => leads(one, depth - 1))[0];
  }
  const group = parameter(url, 'groupId');
  const [, kind, , name] = segments(url.pathname);
  if (group === undefined || !/^[0-9a-f-]{36}$/i.test(group)) return undefined;
  if (kind === 'team') return { kind: 'group', group, path: [] };
  return kind === 'channel' && name !== undefined ? { kind: 'group', group, path: [name] } : undefined;
}

/** The address inside the URL of Teams' own viewer, with slashes written as `~2F`. */
function viewed({ hash, pathname }: URL): string | undefined {
  const found = /\/viewer\/[a-z]+\/(https?:~2F~2F[^?]+)/i.exec(hash === '' ? pathname : hash)?.[1];
  return found?.replaceAll(/~2f/gi, '/');
}

/**
 * `?id=CID!n`, `?resid=CID!n`, also after the hash; `?cid=` without them is the root. With a key it is a
 * sharing link.
 */
function consumer(url: URL): ItemUrl | undefined {
  if (parameter(url, 'authkey') !== undefined) return undefined;
  const id = parameter(url, 'resid') ?? parameter(url, 'id');
  const cid = parameter(url, 'cid') ?? /^([0-9a-f]{1,16})!/i.exec(id ?? '')?.[1];
  if (cid === undefined || !/^[0-9a-f]{1,16}$/i.test(cid)) return undefined;
  const drive = cid.toLowerCase().padStart(16, '0');
  if (id === undefined || id === 'root') return { kind: 'item', drive, item: 'root' };
  return /^[0-9a-f]{1,16}!\w+$/i.test(id) ? { kind: 'item', drive, item: id } : undefined;
}

/** Query parameters of SharePoint pages that contain the path of the item, from the host on. */
const named = ['id', 'RootFolder', 'SourceUrl', 'sourceUrl'];

/** The pages of SharePoint and of business drives. */
function page(url: URL): ItemUrl | undefined {
  const { origin, pathname, host } = url;
  const site = /^\/(?:((?:sites|teams|personal)\/[^/]+)\/?)?$/i.exec(pathname);
  if (site !== null && url.search === '' && isSharePoint(host))
    return { kind: 'site', host, path: decoded(site[1] ?? '') };
  const direct = /^\/:[a-z]:\/r(\/.+)$/i.exec(pathname)?.[1];
  if (direct !== undefined) return asTyped(origin + direct, url.href);
  const isPage = /\/_layouts\/15\/|\/Forms\/[^/]+\.aspx$/i.test(pathname);
  const path = isPage
    ? named.map((name) => parameter(url, name)).find((one) => one?.startsWith('/'))
    : undefined;
  if (path !== undefined) return asTyped(origin + encodedPath(path), url.href);
  const library = /^(\/.+)\/Forms\/[^/]+\.aspx$/i.exec(pathname)?.[1];
  return library === undefined ? undefined : asTyped(origin + library, url.href);
}

const isSharePoint = (host: string): boolean => /\.sharepoint(?:-[a-z]+)?\.(?:com|us|cn|de)$/i.test(host);

/** A parameter of the query, or of the part after the hash in older pages. */
function parameter(url: URL, name: string): string | undefined {
  const found = url.searchParams.get(name) ?? new URLSearchParams(url.hash.replace(/^#\??/, '')).get(name);
  return found === null || found === '' ? undefined : found;
}

function segments(pathname: string): string[] {
  return pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
}

function encodedPath(path: string): string {
  return path
    .split('/')
    .map((name) => encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd')))
    .join('/');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
