/** The parts of the server that `serve` needs, as named exports, so that the bundle contains nothing else. */
export { faultFile, listen, readQuirks, seedFile, startOneDrive } from '@onedrive-kit/server';
export { readOrigins } from '@onedrive-kit/server/internal/guard/listed-origins';
export { authorityRecords, openAuthority } from '@onedrive-kit/server/internal/listen/tls/authority';
export { localStorage, onOpenStorage } from '../session/local-storage.ts';
