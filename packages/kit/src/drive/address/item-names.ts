/**
 * Names that OneDrive does not allow, with the reason, so that an invalid name is reported before anything is
 * sent. Only rules that apply to every kind of drive: names that only business libraries reject are left to
 * the service. Pure. Sources: https://support.microsoft.com/office/64883a5d-228e-48f5-b3d2-eb39e07630fa
 * ("Restrictions and limitations in OneDrive and SharePoint") and
 * https://learn.microsoft.com/graph/onedrive-addressing-driveitems
 */
import { OneDriveError } from '../../errors/index.ts';

/** UTF-16 code units in one name. */
export const longestName = 255;

const devices = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;

const rules: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'it is empty'],
  [/^\.{1,2}$/, 'it refers to a folder itself'],
  [/["*:<>?/\\|]/, 'it contains one of " * : < > ? / \\ |'],
  [/\p{Cc}/u, 'it contains a control character'],
  [/\p{Surrogate}/u, 'it is not valid Unicode'],
  [/^ | $/, 'it begins or ends with a space'],
  [/\.$/, 'it ends with a period'],
  [/&#\d+;/, 'it contains a character reference such as &#39;'],
  [devices, 'it is a reserved device name in Windows'],
  [/^(\.lock|desktop\.ini)$/i, 'it is reserved by the service'],
  [/_vti_/i, 'it contains _vti_, which is reserved by SharePoint'],
];

/**
 * Returns why OneDrive does not allow a name, to complete "… is not allowed because"; undefined for a valid
 * name.
 */
export function nameProblem(name: string): string | undefined {
  if (name.length > longestName) return `it is longer than ${longestName} characters`;
  return rules.find(([pattern]) => pattern.test(name))?.[1];
}

/**
 * Validates a name.
 * @throws OneDriveError `invalid-name` with the reason.
 */
export function checkName(name: string): string {
  const problem = nameProblem(name);
  if (problem === undefined) return name;
  throw new OneDriveError(
    'invalid-name',
    `OneDrive does not allow the name ${JSON.stringify(name)}: ${problem}.`,
    {
      hint: 'Choose another name.',
    },
  );
}

/**
 * Normalizes a name or path for comparison as OneDrive does: names that differ only in case or Unicode
 * normalization are equal.
 */
export const foldName = (name: string): string => name.normalize('NFC').toLowerCase();
