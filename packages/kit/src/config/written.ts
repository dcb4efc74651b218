/** Where in a file a setting of a profile is written: its own line, or the one at the top that it takes over. */
import { isMap, type Node } from 'yaml';
import { profilePath } from './profile-path.ts';
import { isNothing, parseYaml, type YamlSource } from './yaml-source.ts';

/** Whole sections that a named profile takes from the top where it has none. */
const inherited = ['client', 'request', 'network'];

/** The line of `key`, from 1; undefined where the profile says nothing about it. */
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
