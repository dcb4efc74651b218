/** Saves one session after another into a configuration file until it is killed: CONFIG LOCKS. */
import { configFile, profileSessions } from '../../../packages/kit/src/config/index.ts';
import { fileLock } from '../../../packages/kit/src/platform/node/file-lock.ts';
import { nodeFileSystem } from '../../../packages/kit/src/platform/node/node-file-system.ts';

const [path = '', locks = ''] = process.argv.slice(2);
const file = configFile({ path, fs: nodeFileSystem, lock: fileLock(locks) });
const sessions = profileSessions(file, 'default');
for (let turn = 0; ; turn++) {
  const refreshToken = `${String(turn)}-`.padEnd(2000, 'x');
  await sessions.save({ refreshToken, accessToken: refreshToken, expiresAt: turn });
  process.stdout.write(`${String(turn)};`);
}
