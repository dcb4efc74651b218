/** Writes one setting of a profile of its own, time after time: CONFIG LOCKS PROFILE TURNS. */
import { configFile } from '../../../packages/kit/src/config/index.ts';
import { fileLock } from '../../../packages/kit/src/platform/node/file-lock.ts';
import { nodeFileSystem } from '../../../packages/kit/src/platform/node/node-file-system.ts';

const [path = '', locks = '', profile = '', turns = '0'] = process.argv.slice(2);
const file = configFile({ path, fs: nodeFileSystem, lock: fileLock(locks) });
for (let turn = 1; turn <= Number(turns); turn++) {
  await file.change([{ path: ['profiles', profile, 'account'], value: `${profile}-${String(turn)}` }]);
  process.stdout.write(`${String(turn)};`);
}
