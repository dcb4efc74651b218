/**
 * Drives and items as people name them: an id, a URL from the address line of a browser, a sharing link,
 * `site:name/library`, `user:someone@contoso.com`, `group:id`. Pure reading here; asking is in find-drive.ts.
 */
import { OneDriveError } from '../../errors/index.ts';
import { isItemUrl, readItemUrl } from './item-url.ts';

/** A drive by what was typed. */
export type DriveAddress =
  | { readonly kind: 'me' }
  | { readonly kind: 'drive'; readonly id: string }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string }
  /** `host` only where a URL told it; `path` (`sites/team`) or else `name`. */
  | {
      readonly kind: 'site';
      readonly host?: string;
      readonly path?: string;
      readonly name?: string;
      readonly library?: string;
    }
  | { readonly kind: 'url'; readonly url: string };

/**
 * Reads what was typed after `--drive`.
 * @throws OneDriveError `usage` for an empty one.
 */
export function parseDriveAddress(text: string): DriveAddress {
  const [, kind, rest = ''] = /^(user|group|site|id):(.*)$/s.exec(text) ?? [];
  if (text === '' || (kind !== undefined && rest === '')) {
    throw new OneDriveError('usage', `"${text}" names no drive.`, {
      hint: 'Write an id, a URL, site:name/library, user:someone@example.com or group:id.',
    });
  }
  if (text === 'me') return { kind: 'me' };
  if (isItemUrl(text)) return urlAddress(text);
  switch (kind) {
    case 'user':
      return { kind: 'user', id: rest };
    case 'group':
      return { kind: 'group', id: rest };
    case 'site':
      return siteAddress(rest);
    default:
      return { kind: 'drive', id: kind === 'id' ? rest : text };
  }
}

/** The page of a site itself is its first library; anything deeper is for the service to find. */
function urlAddress(url: string): DriveAddress {
  const where = readItemUrl(url);
  switch (where.kind) {
    case 'site':
      return where;
    case 'item':
      return { kind: 'drive', id: where.drive };
    case 'group':
      return { kind: 'group', id: where.group };
    case 'share':
      return { kind: 'url', url };
  }
}

/** `team/Documents`, `sites/team/Documents`, `teams/x`; the library may be left out. */
function siteAddress(text: string): DriveAddress {
  const names = text.split('/').filter((name) => name !== '');
  const isPath = /^(sites|teams)$/i.test(names[0] ?? '') && names.length > 1;
  const site = names.slice(0, isPath ? 2 : 1).join('/');
  const library = names.slice(isPath ? 2 : 1).join('/');
  return {
    kind: 'site',
    ...(isPath ? { path: site } : { name: site }),
    ...(library === '' ? {} : { library }),
  };
}
