/**
 * The embedded OneDrive: a server that speaks Microsoft Graph's drive API, as a function from request to answer.
 * `listen/` puts it on a port; tests and `--local` call it in the same process.
 */

export type { AdjustableClock } from './control/adjustable-clock.ts';
export type { Control } from './control/control.ts';
export type { ThrottleBoard } from './control/observed.ts';
export { createOneDrive, type EmbeddedOneDrive, type OneDriveOptions } from './create-onedrive.ts';
export { type QuirkName, quirks, readQuirks } from './domain/quirks.ts';
export type { Fault, FaultMatch, FaultPlan, FaultRule } from './faults/fault.ts';
export { faultFile } from './faults/fault-file.ts';
export type { FaultBoard } from './faults/with-faults.ts';
export type { ByteStream, Handler, ServerBody, ServerRequest, ServerResponse } from './http.ts';
export type { Views } from './items/view-counts.ts';
export type { InterceptOptions } from './listen/intercept.ts';
export { type Listening, type ListenOptions, listen } from './listen/node-server.ts';
export type { Deliver, Delivered, Delivery } from './notifications/deliver.ts';
export type { IssueOptions } from './oauth/access-tokens.ts';
export type { ClientRegistration, FederatedCredential } from './oauth/client-registration.ts';
export type { IdentitySettings } from './oauth/identity-settings.ts';
export { type Policy, setPolicy, withdrawConsent } from './oauth/policies.ts';
export { revokeTokens } from './oauth/revoke.ts';
export type { Counters, LogEntry, RequestLog } from './observe/request-log.ts';
export { createReplay, type RecordedAnswer, type Replay } from './replay/replay.ts';
export { type ReadSeed } from './seed/read-seed.ts';
export type {
  AccountSeed,
  DriveSeed,
  FileSeed,
  FolderSeed,
  LibrarySeed,
  PackageSeed,
  Seed,
  SiteSeed,
} from './seed/seed.ts';
export { seedFile } from './seed/seed-file.ts';
export type { Settings } from './settings.ts';
export { type RunningOneDrive, type StartOptions, startOneDrive } from './start-onedrive.ts';
export { type DirectoryStorageOptions, directoryStorage } from './storage/directory/directory-storage.ts';
export { memoryStorage } from './storage/memory/memory-storage.ts';
export type { Storage } from './storage/storage.ts';
export type { BudgetRules } from './throttle/budget.ts';
export { webHandler } from './web.ts';
export type { World } from './world.ts';
