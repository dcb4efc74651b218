/**
 * Converts names that OneDrive does not allow to names that it does, and back. Characters are replaced with
 * look-alikes, as in rclone's encoding; characters without one are escaped with U+201B, which itself is
 * doubled. Pure. Source of the characters: https://rclone.org/overview/#restricted-characters
 */
import { nameProblem } from './item-names.ts';

const quote = '\u201b';

/** Characters that are not allowed, and their look-alikes. */
const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...Array.from('"*:<>?\\|&').map((character) => [character, fullWidth(character)] as const),
  ...Array.from({ length: 32 }, (_, code) => [String.fromCharCode(code), symbol(code)] as const),
  ['\u007f', '\u2421'],
  [' ', '\u2420'],
  ['.', fullWidth('.')],
]);
const originals = new Map(Array.from(lookAlikes, ([character, look]) => [look, character] as const));

function fullWidth(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) + 0xfee0);
}

function symbol(control: number): string {
  return String.fromCharCode(0x2400 + control);
}

/**
 * Returns the item name for a local name: unchanged if OneDrive allows it and it contains no look-alike.
 * {@link unmapName} is the inverse. The result can be too long for OneDrive, which {@link nameProblem}
 * reports.
 *
 * @example mapName('a:b.') // 'a：b．'
 */
export function mapName(local: string): string {
  const plain = Array.from(local, quoted).join('');
  const safe = plain
    .replace(/["*:<>?\\|\u0000-\u001f\u007f]/g, replaced)
    .replace(/[\u0080-\u009f]/g, escapedCharacter)
    .replace(/\p{Surrogate}/gu, escapedUnit)
    .replace(/&(?=#\d+;)/g, replaced)
    .replace(/^ | $/g, replaced)
    .replace(/\.$/, replaced)
    .replace(/_(?=vti_)/gi, escapedCharacter);
  const problem = nameProblem(safe);
  return problem === undefined || safe.length > 255
    ? safe
    : escapedCharacter(safe.slice(0, 1)) + safe.slice(1);
}

/** Returns the local name for an item name: the inverse of {@link mapName}; other names are unchanged. */
export function unmapName(name: string): string {
  const pattern = /\u201b(\u201b|u[0-9A-F]{4}|[^u])|[\uff00-\uffef\u2400-\u2421]/gu;
  return name.replace(pattern, (match: string, escape: string | undefined) => {
    if (escape === undefined) return originals.get(match) ?? match;
    if (escape === quote || originals.has(escape)) return escape;
    return escape.length === 5 ? String.fromCharCode(Number.parseInt(escape.slice(1), 16)) : match;
  });
}

/** A look-alike, unless it is escaped. */
function quoted(character: string): string {
  return character === quote || originals.has(character) ? quote + character : character;
}

function replaced(character: string): string {
  return lookAlikes.get(character) ?? character;
}

function escapedCharacter(character: string): string {
  return `${quote}u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * A byte that is not valid UTF-8, as platform/byte-names.ts represents it; other lone surrogates cannot be
 * converted back.
 */
function escapedUnit(unit: string): string {
  return escapedCharacter(unit);
}
