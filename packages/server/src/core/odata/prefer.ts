/**
 * The `Prefer` header: RFC 7240. In Microsoft's documents preferences are separated by commas, and some have a value
 * (`Include-Feature=AddToOneDrive`).
 */

/**
 * Whether a request has this preference. The comparison is case-insensitive, and parameters after a semicolon are ignored.
 */
export function prefers(headers: Readonly<Record<string, string>>, preference: string): boolean {
  return (headers['prefer'] ?? '')
    .split(',')
    .some((one) => one.split(';')[0]?.trim().replaceAll('"', '').toLowerCase() === preference.toLowerCase());
}

/**
 * Since March 2025 shortcuts to other users' folders appear in listings and deltas only for clients that request them.
 * Source: abraunegg/onedrive, onedrive.d, which sends the header for that reason.
 */
export const wantsShortcuts = (headers: Readonly<Record<string, string>>): boolean =>
  prefers(headers, 'Include-Feature=AddToOneDrive');
