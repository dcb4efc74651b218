/**
 * Finds the position of a profile's setting in the file: its own line, or the top-level line that it
 * inherits.
 */
import { isMap, type Node } from 'yaml';
import { profilePath } from './profile-path.ts';
import { isNothing, parseYaml, type YamlSource } from './yaml-source.ts';

/** Sections that a named profile inherits from the top level. */
const inherited = ['client', 'request', 'network'];

/** The line of `key`, from 1; undefined if the profile does not set it. */
export function writtenAt(path: string, text: string, profile: string, key: string): number | undefined {
  const source = parseYaml(path, text);
  const keys = key.split('.');
  const own = [...profilePath(profile), ...keys];
  const [section = ''] = keys;
  const ownSection: unknown = source.document.getIn([...profilePath(profile), section], true);
  const takesOver = profile !== 'default' && inherited.includes(section) && !isMap(ownSection);
  return lineOf(source, takesOver ? keys : own);
}

function lineOf(source: YamlSource, path: readonly string[]): number | undefined {
  const node = source.document.getIn(path, true) as Node | undefined;
  if (isNothing(node)) return undefined;
  const at = node?.range?.[0];
  if (at === undefined) return undefined;
  return source.lines.linePos(at).line;
}
