/**
 * Asks for a token of the profile in a configuration file: CONFIG LOCKS. Says `ready`, waits for a line, prints the token.
 * With a third word it says `saving` and stands still where the answer has come and nothing of it is on disk.
 */
import { once } from 'node:events';
import { profileCredential } from '../../../packages/kit/src/auth/profile-credential.ts';
import {
  configFile,
  nameForLock,
  profileSessions,
  selectProfile,
} from '../../../packages/kit/src/config/index.ts';
import { nodeTransport } from '../../../packages/kit/src/http/node/node-transport.ts';
import type { FileSystem } from '../../../packages/kit/src/platform/file-system.ts';
import { fileLock } from '../../../packages/kit/src/platform/node/file-lock.ts';
import { nodeFileSystem } from '../../../packages/kit/src/platform/node/node-file-system.ts';
import { systemClock } from '../../../packages/kit/src/platform/web/system-clock.ts';

const [path = '', locks = '', standing] = process.argv.slice(2);
const lock = fileLock(locks);
const stuck: FileSystem = {
  ...nodeFileSystem,
  open: async (name, flags, mode) => {
    if (flags !== 'wx') return nodeFileSystem.open(name, flags, mode);
    process.stdout.write('saving\n');
    return new Promise(() => undefined);
  },
};
const fs = standing === undefined ? nodeFileSystem : stuck;
const file = configFile({ path, fs, lock });
const profile = selectProfile(await file.load(), undefined);
const credential = profileCredential(profile, {
  sessions: profileSessions(file, profile.name),
  transport: nodeTransport(),
  clock: systemClock,
  lock,
  lockName: nameForLock('sign-in', path),
});
process.stdout.write('ready\n');
await once(process.stdin, 'data');
process.stdout.write(`${(await credential.getToken(''))?.token ?? 'none'}\n`);
process.exit(0);
