/** The settings of a profile with their origins: the flag, the variable, the line of the file, or the default. */
import { overridesOf, type Profile, type SettingSpec, settingTable, writtenAt } from 'onedrive-kit/config';
import type { Context } from '../context.ts';
import { layersOf } from './account.ts';

export interface SettingValue {
  readonly key: string;
  /** `***` for a secret. */
  readonly value: unknown;
  /** `--ca-cert`, `ONEDRIVE_TENANT`, `/home/me/.lcrc:12`, `default`. */
  readonly origin: string;
}

/** All settings of the profile. */
export async function settingValues(context: Context, profile: Profile): Promise<readonly SettingValue[]> {
  const file = await context.configFile();
  const text = (await file.text()) ?? '';
  const overrides = overridesOf(layersOf(context.flags, context));
  const originOf = (spec: SettingSpec): string | undefined => {
    const override = overrides.find((entry) => entry.spec.key === spec.key);
    if (override) return override.layer.name;
    const line =
      writtenAt(file.path, text, profile.name, spec.key) ??
      (spec.olderKey === undefined ? undefined : writtenAt(file.path, text, profile.name, spec.olderKey));
    return line === undefined ? undefined : `${file.path}:${String(line)}`;
  };
  return settingTable.map((spec) => {
    const origin = originOf(spec);
    const value = spec.read(profile);
    if (origin === undefined)
      return { key: spec.key, value: spec.default ?? spec.fallback, origin: 'default' };
    return { key: spec.key, value: spec.secret ? '***' : value, origin };
  });
}
