/**
 * Moves files or trees until it is done, or kills itself before the nth call that changes the disk:
 * URL TOKEN FOLDER WHAT STEP. Prints the number of such calls.
 */
import { openDrive, pathSink, pathSource } from '../../../packages/kit/src/drive/index.ts';
import { myDrive } from '../../../packages/kit/src/graph/item-ref-forms.ts';
import { retry } from '../../../packages/kit/src/http/governor/retry.ts';
import { compose } from '../../../packages/kit/src/http/index.ts';
import { nodeTransport } from '../../../packages/kit/src/http/node/node-transport.ts';
import type { Transport } from '../../../packages/kit/src/http/transport.ts';
import type { FileHandle, FileSystem } from '../../../packages/kit/src/platform/file-system.ts';
import { fileLock } from '../../../packages/kit/src/platform/node/file-lock.ts';
import { fileStore } from '../../../packages/kit/src/platform/node/index.ts';
import { nodeFileSystem } from '../../../packages/kit/src/platform/node/node-file-system.ts';
import { systemClock } from '../../../packages/kit/src/platform/web/system-clock.ts';
import { systemRandom } from '../../../packages/kit/src/platform/web/system-random.ts';

const [url = '', token = '', folder = '', what = '', step = '0'] = process.argv.slice(2);
const changing = new Set(['write', 'truncate', 'sync', 'utimes', 'rename', 'unlink', 'rm', 'mkdir', 'chmod']);
let calls = 0;

function counted<T extends object>(inner: T): T {
  return new Proxy(inner, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...words: unknown[]) => {
        const opens = name === 'open' && words[1] !== 'r';
        if ((opens || changing.has(String(name))) && ++calls === Number(step))
          process.kill(process.pid, 'SIGKILL');
        const result: unknown = Reflect.apply(value, target, words);
        return name === 'open' ? (result as Promise<FileHandle>).then(counted) : result;
      };
    },
  });
}

const fs: FileSystem = counted(nodeFileSystem);
const lock = fileLock(`${folder}/locks`);
const journal = { store: fileStore(fs, `${folder}/state`, { lock }), lock, fileSystem: fs, scope: 'me' };
const plain = compose(nodeTransport(), retry({ clock: systemClock, random: systemRandom }));
const transport: Transport = (request) =>
  plain({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } });
const client = { transport, plain, baseUrl: `${url}/v1.0` };
const drive = openDrive(client, myDrive, { clock: systemClock, random: systemRandom, journal });

const work: Record<string, () => Promise<unknown>> = {
  put: async () =>
    drive.upload(await pathSource(fs, `${folder}/here/big.bin`), '', { fragmentSize: 1_000_000 }),
  'put-small': async () => drive.upload(await pathSource(fs, `${folder}/here/a/small.bin`), ''),
  get: () => drive.download('big.bin', pathSink(fs, `${folder}/there/big.bin`, { random: systemRandom })),
  'put-tree': () => whole(drive.putTree({ fileSystem: fs, folder: `${folder}/here` }, 'T')),
  'get-tree': () => whole(drive.getTree('T', { fileSystem: fs, folder: `${folder}/there` })),
};

async function whole(events: AsyncIterable<{ readonly type: string }>): Promise<void> {
  for await (const event of events) if (event.type === 'failed') throw (event as { error?: unknown }).error;
}

await work[what]?.();
process.stdout.write(`done ${calls}`);
