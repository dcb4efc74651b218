/** Where the keys of a profile are in the file. */
import { topProfile } from './read-config.ts';

/** `[]` for the profile at the top, `['profiles', name]` for others. */
export function profilePath(name: string): readonly string[] {
  return name === topProfile ? [] : ['profiles', name];
}
