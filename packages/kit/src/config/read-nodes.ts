/**
 * Typed readers of a YAML map. Every reader takes the dotted name of the key, so that an error message can
 * state the place and what was expected. It never quotes the value, which may be a secret.
 */
import { isScalar, isSeq, type YAMLMap } from 'yaml';
import { child, faultAt, isNothing, resolved, type YamlSource } from './yaml-source.ts';

/**
 * A section of the file, or undefined, with its dotted name (`profiles.work.client`; '' is the whole file).
 */
export interface Section {
  readonly source: YamlSource;
  readonly map: YAMLMap | undefined;
  readonly name: string;
}

/** The exact text as written, including unquoted `null` and digits; undefined only if nothing is written. */
export function literal(section: Section, key: string): string | undefined {
  return section.map && text(section, key, (value) => value !== '');
}

/** Text; undefined for nothing, `~` or `null`. */
export function optionalText(section: Section, key: string): string | undefined {
  const node = section.map && child(section.source, section.map, key);
  return isNothing(node) ? undefined : text(section, key, () => true);
}

function text(section: Section, key: string, wanted: (value: string) => boolean): string | undefined {
  const node = section.map && child(section.source, section.map, key);
  if (!node) return undefined;
  if (!isScalar(node)) throw expected(section, key, 'text');
  const value = String(node.value);
  return wanted(value) ? value : undefined;
}

/** One of `choices`. @throws OneDriveError `config` with the choices. */
export function oneOf<T extends string>(section: Section, key: string, choices: readonly T[]): T | undefined {
  const value = optionalText(section, key);
  if (value === undefined) return undefined;
  const choice = choices.find((known) => known === value);
  if (choice === undefined) throw expected(section, key, `one of ${choices.join(', ')}`);
  return choice;
}

/** `true` or `false` in the notation of YAML 1.2 and, for readers of the older tool, YAML 1.1. */
export function optionalFlag(section: Section, key: string): boolean | undefined {
  const value = optionalText(section, key)?.toLowerCase();
  if (value === undefined) return undefined;
  if (['true', 'yes', 'on'].includes(value)) return true;
  if (['false', 'no', 'off'].includes(value)) return false;
  throw expected(section, key, 'true or false');
}

/** A finite number. */
export function optionalNumber(section: Section, key: string, meaning: string): number | undefined {
  const value = optionalText(section, key);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isFinite(number) || value.trim() === '') throw expected(section, key, meaning);
  return number;
}

/** A list of words, or one text with spaces between them. */
export function optionalWords(section: Section, key: string): readonly string[] | undefined {
  const node = section.map && child(section.source, section.map, key);
  if (isNothing(node)) return undefined;
  if (!isSeq(node))
    return text(section, key, () => true)
      ?.split(/\s+/)
      .filter(Boolean);
  return node.items.map((item) => {
    const word = resolved(section.source, item);
    if (!isScalar(word)) throw expected(section, key, 'a list of words');
    return String(word.value);
  });
}

/** A section of texts, for example headers. */
export function optionalTexts(section: Section): Readonly<Record<string, string>> {
  const keys = section.map?.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')) ?? [];
  return Object.fromEntries(keys.map((key) => [key, optionalText(section, key) ?? '']));
}

/** The error for a value of the wrong kind, with its position. */
export function expected(section: Section, key: string, expectation: string): Error {
  const node = section.map && child(section.source, section.map, key);
  const name = section.name ? `${section.name}.${key}` : key;
  return faultAt(section.source, node?.range?.[0] ?? 0, `${name} was expected to be ${expectation}`);
}
