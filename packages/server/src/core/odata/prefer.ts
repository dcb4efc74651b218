/**
 * The `Prefer` header: RFC 7240. Microsoft's texts separate preferences by commas and write some with a value
 * (`Include-Feature=AddToOneDrive`).
 */

/** Does a request prefer that? Preferences compare without case; what follows a semicolon does not count. */
export function prefers(headers: Readonly<Record<string, string>>, preference: string): boolean {
  return (headers['prefer'] ?? '')
    .split(',')
    .some((one) => one.split(';')[0]?.trim().replaceAll('"', '').toLowerCase() === preference.toLowerCase());
}

/**
 * Shortcuts to folders of others stand in listings and deltas only for clients that ask for them, since March 2025. Source:
 * abraunegg/onedrive, onedrive.d, which sends the header for that reason.
 */
export const wantsShortcuts = (headers: Readonly<Record<string, string>>): boolean =>
  prefers(headers, 'Include-Feature=AddToOneDrive');
