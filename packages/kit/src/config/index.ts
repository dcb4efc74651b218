/** Configuration: the YAML file, its profiles, and the folders of a user. */
export { type ConfigFile, configFile } from './config-file.ts';
export { userFolders } from './folders.ts';
export { type LayerInput, overridesOf, withOverrides } from './layers.ts';
export { locateConfig } from './location.ts';
export { nameForLock } from './lock-name.ts';
export { profilePath } from './profile-path.ts';
export { profileSessions, sealName } from './profile-sessions.ts';
export { emptyProfile, selectProfile } from './read-config.ts';
export { type SettingSpec, settingTable } from './setting-table.ts';
export type { Config, Profile } from './types.ts';
export { writtenAt } from './written.ts';
export type { YamlChange } from './yaml-change.ts';
