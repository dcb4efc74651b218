/** What `serve` loads when it runs: named one by one, so that the bundle leaves out the rest. */
export { faultFile, listen, readQuirks, seedFile, startOneDrive } from '@onedrive-kit/server';
export { readOrigins } from '@onedrive-kit/server/internal/guard/listed-origins';
export { authorityRecords, openAuthority } from '@onedrive-kit/server/internal/listen/tls/authority';
export { localStorage } from '../session/local-storage.ts';
