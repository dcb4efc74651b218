/**
 * Names that OneDrive refuses, with the reason, so that a bad name is told before anything is sent. Only rules that
 * hold on every kind of drive: what just a business library refuses is left to its own answer. Pure.
 * Sources: https://support.microsoft.com/office/64883a5d-228e-48f5-b3d2-eb39e07630fa ("Restrictions and limitations
 * in OneDrive and SharePoint") and https://learn.microsoft.com/graph/onedrive-addressing-driveitems
 */
import { OneDriveError } from '../../errors/index.ts';

/** UTF-16 code units in one name. */
export const longestName = 255;

const devices = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;

const rules: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'it is empty'],
  [/^\.{1,2}$/, 'it stands for a folder itself'],
  [/["*:<>?/\\|]/, 'it holds one of " * : < > ? / \\ |'],
  [/\p{Cc}/u, 'it holds a control character'],
  [/\p{Surrogate}/u, 'it is not valid Unicode'],
  [/^ | $/, 'it begins or ends with a space'],
  [/\.$/, 'it ends with a period'],
  [/&#\d+;/, 'it holds a character reference such as &#39;'],
  [devices, 'it is a device name of Windows'],
  [/^(\.lock|desktop\.ini)$/i, 'the service keeps it for itself'],
  [/_vti_/i, 'it holds _vti_, which SharePoint keeps for itself'],
];

/** Why OneDrive refuses a name, as the rest of "… is refused because"; undefined for a good name. */
export function nameProblem(name: string): string | undefined {
  if (name.length > longestName) return `it is longer than ${longestName} characters`;
  return rules.find(([pattern]) => pattern.test(name))?.[1];
}

/**
 * Lets a good name pass.
 * @throws OneDriveError `invalid-name` with the reason.
 */
export function checkName(name: string): string {
  const problem = nameProblem(name);
  if (problem === undefined) return name;
  throw new OneDriveError('invalid-name', `OneDrive refuses the name ${JSON.stringify(name)}: ${problem}.`, {
    hint: 'Choose another name.',
  });
}

/** A name or path as OneDrive compares it: names that differ only in case, or in their Unicode composition, are one. */
export const foldName = (name: string): string => name.normalize('NFC').toLowerCase();
