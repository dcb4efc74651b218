/**
 * Client ids that other YAML readers interpret as a number: `0123` (octal in YAML 1.1, which the older tool
 * reads), `1e5`, `0x1F`, `null`. They are put in quotes at the next change; the text stays the same.
 */
import { isMap, isScalar, parse } from 'yaml';
import type { YamlChange } from './yaml-change.ts';
import { child, type YamlSource } from './yaml-source.ts';

/** One change for every such id in the file. */
export function ambiguousIds(source: YamlSource): YamlChange[] {
  const top = source.document.contents;
  if (!isMap(top)) return [];
  const profiles = child(source, top, 'profiles');
  const names = isMap(profiles)
    ? profiles.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''))
    : [];
  const places = [['client', 'id'], ...names.map((name) => ['profiles', name, 'client', 'id'])];
  return places.flatMap((path) => {
    const node = source.document.getIn(path, true);
    const ambiguous =
      isScalar(node) && node.type === 'PLAIN' && node.value !== '' && isAmbiguous(String(node.value));
    return ambiguous ? [{ path, value: String(node.value) }] : [];
  });
}

/** Whether a YAML 1.1 or 1.2 reader interprets this text as something else. */
function isAmbiguous(text: string): boolean {
  return (['1.1', '1.2'] as const).some((version) => {
    try {
      return parse(text, { version, logLevel: 'silent' }) !== text;
    } catch {
      return true;
    }
  });
}
