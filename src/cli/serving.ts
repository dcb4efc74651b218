/** What `serve` loads when it runs: named one by one, so that the bundle leaves out the rest. */
export { createOneDrive } from '../server/index.ts';
export { listen } from '../server/listen/node-server.ts';
export { localStorage } from './local-storage.ts';
