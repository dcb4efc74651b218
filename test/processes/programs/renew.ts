/** Asks for a token of the profile in a configuration file: CONFIG LOCKS. Says `ready`, waits for a line, prints the token. */
import { once } from 'node:events';
import { profileCredential } from '../../../src/auth/profile-credential.ts';
import { configFile, nameForLock, profileSessions, selectProfile } from '../../../src/config/index.ts';
import { nodeTransport } from '../../../src/http/node-transport.ts';
import { fileLock } from '../../../src/platform/node/file-lock.ts';
import { nodeFileSystem } from '../../../src/platform/node/node-file-system.ts';
import { systemClock } from '../../../src/platform/web/system-clock.ts';

const [path = '', locks = ''] = process.argv.slice(2);
const lock = fileLock(locks);
const file = configFile({ path, fs: nodeFileSystem, lock });
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
