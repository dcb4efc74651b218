/**
 * Addresses of drives as users write them: an id, a URL from the address bar of a browser, a sharing link,
 * `site:name/library`, `user:someone@contoso.com`, `group:id`. Pure parsing; find-drive.ts sends the
 * requests.
 */
import { OneDriveError } from '../../errors/index.ts';
import { isItemUrl, readItemUrl } from './item-url.ts';

/** The address of a drive. */
export type DriveAddress =
  | { readonly kind: 'me' }
  | { readonly kind: 'drive'; readonly id: string }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string }
  /** `host` only if it came from a URL; `path` (`sites/team`) or else `name`. */
  | {
      readonly kind: 'site';
      readonly host?: string;
      readonly path?: string;
      readonly name?: string;
      readonly library?: string;
    }
  | { readonly kind: 'url'; readonly url: string };

/**
 * Parses the value of `--drive`.
 * @throws OneDriveError `usage` for an empty one.
 */
export function parseDriveAddress(text: string): DriveAddress {
  const [, kind, rest = ''] = /^(user|group|site|id):(.*)$/s.exec(text) ?? [];
  if (text === '' || (kind !== undefined && rest === '')) {
    throw new OneDriveError('usage', `Invalid drive: "${text}".`, {
      hint: 'Use an id, a URL, site:name/library, user:someone@example.com or group:id.',
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

/** The page of a site means its first library; a longer URL is resolved by the service. */
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

/** `team/Documents`, `sites/team/Documents`, `teams/x`; the library is optional. */
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
