/**
 * Options take precedence over the environment, the environment over the profile, the profile over the
 * defaults. Each is validated by the rules of the file, so that there is one parser with one set of error
 * messages.
 */
import { OneDriveError } from '../errors/index.ts';
import { editYaml } from './edit-yaml.ts';
import { profilePath } from './profile-path.ts';
import { readConfig } from './read-config.ts';
import { type SettingSpec, settingTable } from './setting-table.ts';
import type { Profile } from './types.ts';
import { parseYaml } from './yaml-source.ts';

/** Where a value comes from. */
export type Layer =
  | { readonly kind: 'typed'; readonly name: string }
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'environment'; readonly name: string };

export interface Override {
  readonly spec: SettingSpec;
  readonly text: string;
  readonly layer: Layer;
}

export interface LayerInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Values of global options by name. */
  readonly flags: Readonly<Record<string, string | undefined>>;
}

/** The values from options and environment, which override the file; an empty variable is ignored. */
export function overridesOf({ env, flags }: LayerInput): readonly Override[] {
  return settingTable.flatMap((spec): Override[] => {
    const flag = spec.flag === undefined ? undefined : flags[spec.flag];
    if (flag !== undefined)
      return [{ spec, text: flag, layer: { kind: 'flag', name: `--${spec.flag ?? ''}` } }];
    const text = spec.env === undefined ? undefined : env[spec.env];
    if (text === undefined || text === '') return [];
    return [{ spec, text, layer: { kind: 'environment', name: spec.env ?? '' } }];
  });
}

/**
 * The profile with its overrides.
 * @throws OneDriveError `config` with the option or variable and what was expected.
 */
export function withOverrides(profile: Profile, overrides: readonly Override[]): Profile {
  return overrides.reduce(applied, profile);
}

function applied(profile: Profile, { spec, text, layer }: Override): Profile {
  const [section = '', key] = spec.key.split('.');
  const read = readAlone(spec, text, layer);
  const field = fieldOf(section);
  if (key === undefined) return { ...profile, [field]: read[field] };
  const before = profile[field] as object;
  const after = Object.entries(read[field] as object).filter(([, value]) => value !== undefined);
  return { ...profile, [field]: { ...before, ...Object.fromEntries(after) } };
}

/** A profile with only this key. */
function readAlone(spec: SettingSpec, text: string, { kind, name }: Layer): Profile {
  try {
    const yaml = editYaml('', '', [
      { path: [...profilePath('default'), ...spec.key.split('.')], value: text },
    ]);
    const [profile] = readConfig(parseYaml('', yaml)).profiles;
    if (profile) return profile;
  } catch (error) {
    const expectation = error instanceof Error ? error.message.replace(/^:\d+:\d+: \S+ /, '') : '';
    throw new OneDriveError(kind === 'environment' ? 'config' : 'usage', `${name} ${expectation}`);
  }
  throw new OneDriveError('internal', `${name} could not be read.`);
}

/** Converts a key of the file to a property of the profile: `read_only` → `readOnly`. */
function fieldOf(section: string): keyof Profile {
  return section.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as keyof Profile;
}
