/** The locked Personal Vault: it stands at the root of a personal drive, and whatever is asked of it is refused. */

import type { ServerResponse } from '../http.ts';
import { errorBody } from './error-body.ts';

const marker = '!vault';

/** The refusal of a request that names the vault; undefined for every other. Source: rclone, docs/onedrive.md. */
export function refuseVault(path: string): ServerResponse | undefined {
  return path.replaceAll('%21', '!').includes(marker)
    ? errorBody(400, 'invalidRequest', 'Invalid request')
    : undefined;
}

/** The vault as an entry of the root's listing, made from the root's own reference. */
function vaultEntry(first: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const reference = first['parentReference'] as Readonly<Record<string, unknown>>;
  const driveId = String(reference['driveId']);
  return {
    id: `${driveId.toUpperCase()}${marker}`,
    name: 'Personal Vault',
    createdDateTime: first['createdDateTime'],
    lastModifiedDateTime: first['createdDateTime'],
    size: 0,
    parentReference: reference,
    folder: { childCount: 0 },
    specialFolder: { name: 'vault' },
  };
}

/** A listing of the root of a personal drive, with the vault at the end of its last page. */
export function withVault(body: unknown): unknown {
  const listing = body as Record<string, unknown>;
  const value = listing['value'];
  if (!Array.isArray(value) || value.length === 0 || listing['@odata.nextLink'] !== undefined) return body;
  const first = value[0] as Record<string, unknown>;
  const reference = first['parentReference'] as Readonly<Record<string, unknown>> | undefined;
  const atRoot = reference?.['driveType'] === 'personal' && String(reference['path']).endsWith('/root:');
  return atRoot ? { ...listing, value: [...(value as unknown[]), vaultEntry(first)] } : body;
}
