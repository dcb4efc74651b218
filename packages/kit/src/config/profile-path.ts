/** The position of a profile's keys in the file. */
import { topProfile } from './read-config.ts';

/** `[]` for the top-level profile, `['profiles', name]` for others. */
export function profilePath(name: string): readonly string[] {
  return name === topProfile ? [] : ['profiles', name];
}
