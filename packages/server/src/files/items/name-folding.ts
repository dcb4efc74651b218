/**
 * Names compare without case and keep it: https://learn.microsoft.com/onedrive/developer/rest-api/concepts/case-sensitivity
 * Folding is what a name is stored and looked up under.
 */

/** The form in which two names of one folder are compared. */
export function foldName(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase();
}
