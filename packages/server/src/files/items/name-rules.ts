/**
 * Names that OneDrive refuses. Sources: Microsoft Support, "Restrictions and limitations in OneDrive and SharePoint";
 * https://learn.microsoft.com/onedrive/developer/rest-api/concepts/addressing-driveitems
 */

/** UTF-16 units; names of this length and longer are refused. */
const nameLimit = 255;
/** Maximum length of the decoded path from the root, in UTF-16 units. */
export const pathLimit = 400;

const forbidden = /["*:<>?/\\|]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u001f\u007f]/;
const entity = /&#\d+;/;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const reservedWhole = new Set(['.lock', 'desktop.ini']);

/** Where a name will be used: some rules apply only to business drives, or at the root of a library. */
export interface NamePlace {
  readonly business: boolean;
  readonly atRoot: boolean;
}

/** Why `name` is refused, as text for the error message; undefined if it is valid. */
export function refuseName(name: string, place: NamePlace): string | undefined {
  if (name === '') return 'it is empty';
  if (name.length > nameLimit) return `it is longer than ${nameLimit} characters`;
  if (forbidden.test(name)) return 'it contains one of " * : < > ? / \\ |';
  if (control.test(name)) return 'it contains a control character';
  if (!name.isWellFormed()) return 'it is not valid Unicode';
  if (name.startsWith(' ') || name.endsWith(' ')) return 'it begins or ends with a space';
  if (name.endsWith('.')) return 'it ends with a period';
  if (entity.test(name)) return 'it contains a character reference';
  if (reserved.test(name) || reservedWhole.has(name.toLowerCase())) return 'it is a reserved name';
  if (name.toLowerCase().includes('_vti_')) return 'it contains _vti_';
  return place.business ? refuseBusinessName(name, place) : undefined;
}

function refuseBusinessName(name: string, place: NamePlace): string | undefined {
  if (name.startsWith('~')) return 'it begins with a tilde';
  if (place.atRoot && name.toLowerCase() === 'forms') return '"forms" is reserved at the root of a library';
  return undefined;
}
