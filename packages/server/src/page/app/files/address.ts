/** What the address bar says about the page: `#/Documents/Reports?sort=size&order=desc`, or `#bin`. */

export type SortKey = 'name' | 'modified' | 'size' | 'kind';

/** What the page shows. */
export interface Place {
  /** Whether it is the recycle bin. */
  readonly bin: boolean;
  /** Names of folders below the root. */
  readonly path: readonly string[];
  readonly sort: SortKey;
  readonly descending: boolean;
}

const sortKeys: readonly SortKey[] = ['name', 'modified', 'size', 'kind'];

/** The root folder by name. */
export const root: Place = { bin: false, path: [], sort: 'name', descending: false };

/** Reads the hash of an address. Anything that it does not understand is ignored. */
export function readPlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const options = new URLSearchParams(query);
  const sort = sortKeys.find((key) => key === options.get('sort')) ?? 'name';
  return {
    bin: path === 'bin',
    path: path.startsWith('/') ? path.split('/').filter(Boolean).map(decoded) : [],
    sort,
    descending: options.get('order') === 'desc',
  };
}

/** A part of an address that is not well-formed stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The hash of the address of a place. */
export function placeHash({ bin, path, sort, descending }: Place): string {
  const options = new URLSearchParams();
  if (sort !== 'name') options.set('sort', sort);
  if (descending) options.set('order', 'desc');
  const query = options.toString();
  return `#${bin ? 'bin' : `/${encodedPath(path)}`}${query === '' ? '' : `?${query}`}`;
}

/** Names joined to a path in which each is percent-encoded. */
export function encodedPath(path: readonly string[]): string {
  return path.map((name) => encodeURIComponent(name)).join('/');
}
