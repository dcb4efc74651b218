/**
 * Names are case-preserving and compared case-insensitively:
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/case-sensitivity
 * The folded name is the key that is stored and looked up.
 */

/** The form of a name that is compared with other names of the folder. */
export function foldName(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase();
}
