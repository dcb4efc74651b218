/**
 * The embedded OneDrive: a server for Microsoft Graph's drive API, as a function from request to response. `listen/` serves
 * it on a port; tests and `--local` call it in the same process.
 */

export type { ByteStream, Handler, ServerBody, ServerRequest, ServerResponse } from './core/http.ts';
export type { Settings } from './core/settings.ts';
export { webHandler } from './core/web.ts';
export type { World } from './core/world.ts';
export { createOneDrive, type EmbeddedOneDrive, type OneDriveOptions } from './create-onedrive.ts';
export type { Views } from './files/content/view-counts.ts';
export type { IssueOptions } from './identity/access-tokens.ts';
export type { ClientRegistration, FederatedCredential } from './identity/client-registration.ts';
export type { IdentitySettings } from './identity/identity-settings.ts';
export { type Policy, setPolicy, withdrawConsent } from './identity/policies.ts';
export { revokeTokens } from './identity/revoke.ts';
export type { InterceptOptions } from './listen/intercept/listen.ts';
export { type BrokenResponse, type Listening, type ListenOptions, listen } from './listen/node-server.ts';
export type { Deliver, Delivered, Delivery } from './notifications/deliver.ts';
export { type RunningOneDrive, type StartOptions, startOneDrive } from './start-onedrive.ts';
export { type DirectoryStorageOptions, directoryStorage } from './storage/directory/directory-storage.ts';
export { memoryStorage } from './storage/memory/memory-storage.ts';
export type { Storage } from './storage/storage.ts';
export type { AdjustableClock } from './testing/control/adjustable-clock.ts';
export type { Control } from './testing/control/control.ts';
export type { ThrottleBoard } from './testing/control/with-log-and-throttle.ts';
export type { Fault, FaultMatch, FaultPlan, FaultRule } from './testing/faults/fault.ts';
export { faultFile } from './testing/faults/fault-file.ts';
export type { FaultBoard } from './testing/faults/with-faults.ts';
export { type QuirkName, quirks, readQuirks } from './testing/quirks/quirks.ts';
export { createReplay, type RecordedAnswer, type Replay } from './testing/replay/replay.ts';
export type { Counters, LogEntry, RequestLog } from './testing/request-log/request-log.ts';
export { type ReadSeed } from './testing/seed/read-seed.ts';
export type {
  AccountSeed,
  DriveSeed,
  FileSeed,
  FolderSeed,
  LibrarySeed,
  PackageSeed,
  Seed,
  SiteSeed,
} from './testing/seed/seed.ts';
export { seedFile } from './testing/seed/seed-file.ts';
export type { BudgetRules } from './testing/throttle/budget.ts';
