/** What `serve` loads when it runs: named one by one, so that the bundle leaves out the rest. */
export { readQuirks } from '../../server/domain/quirks.ts';
export { faultFile } from '../../server/faults/fault-file.ts';
export { readOrigins } from '../../server/guard/listed-origins.ts';
export { listen } from '../../server/listen/node-server.ts';
export { seedFile } from '../../server/seed/seed-file.ts';
export { startOneDrive } from '../../server/start-onedrive.ts';
export { authorityRecords, openAuthority } from '../../server/tls/authority.ts';
export { localStorage } from '../session/local-storage.ts';
