/** Configuration: the YAML file, its profiles, and where everything of a user lies. */
export { type ConfigFile, type ConfigFileOptions, configFile } from './config-file.ts';
export type { YamlChange } from './edit-yaml.ts';
export { type FolderWorld, type UserFolders, userFolders } from './folders.ts';
export { type ConfigLocation, type LocateOptions, locateConfig } from './location.ts';
export { nameForLock } from './lock-name.ts';
export { profilePath } from './profile-path.ts';
export { profileSessions, sessionChanges } from './profile-sessions.ts';
export { emptyProfile, selectProfile, topProfile } from './read-config.ts';
export type { ClientSettings, Config, EndpointOverrides, Profile, RequestSettings } from './types.ts';
