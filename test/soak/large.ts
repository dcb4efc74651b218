/** Large drives and large files on the embedded server, over a real port, with what each step took and how much memory was in use. */
import { setTimeout as sleep } from 'node:timers/promises';
import { driveKey, drives } from '../../packages/server/src/files/drives/drive-record.ts';
import { createOneDrive, directoryStorage, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { listen } from '../../packages/server/src/listen/node-server.ts';

export interface Step {
  readonly step: string;
  readonly seconds: number;
  readonly amount: number;
  /** The most that was resident during the step, in MiB, with the client in the same process. */
  readonly peakMiB: number;
}

type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** Runs `work` against a server on a port over `folder`. */
async function served(
  folder: string,
  work: (ask: Ask, one: EmbeddedOneDrive) => Promise<readonly Step[]>,
): Promise<readonly Step[]> {
  const one = await createOneDrive({ storage: await directoryStorage(folder) });
  const { url, close } = await listen(one.handler);
  const authorization = `Bearer ${one.token()}`;
  try {
    return await work((path, init = {}) => {
      const own = path.startsWith('http') ? path : `${url}/v1.0/me/drive/${path}`;
      return fetch(own, {
        ...init,
        headers: { authorization, ...(init.headers as Record<string, string> | undefined) },
      });
    }, one);
  } finally {
    await close();
    await one.close();
  }
}

async function measured(step: string, work: () => Promise<number>): Promise<Step> {
  const started = performance.now();
  const stop = new AbortController();
  let peak = process.memoryUsage.rss();
  const watch = (async () => {
    while (!stop.signal.aborted) {
      peak = Math.max(peak, process.memoryUsage.rss());
      await sleep(100);
    }
  })();
  const amount = await work();
  stop.abort();
  await watch;
  const seconds = Math.round((performance.now() - started) / 10) / 100;
  const done = { step, seconds, amount, peakMiB: Math.round(peak / 2 ** 20) };
  console.log(JSON.stringify(done));
  return done;
}

/** Puts `count` empty files into folders of `perFolder`, past the wire: that is not what is measured. */
async function plant({ world }: EmbeddedOneDrive, count: number, perFolder: number): Promise<number> {
  const { storage } = world;
  const drive = storage.read((records) => drives.list(records))[0];
  if (drive === undefined) throw new Error('There is no drive.');
  const who = { displayName: 'Soak' };
  const common = { version: 1, contentVersion: 1, modified: 1.7e12, bin: 0, blob: null, drive: drive.number };
  const data = { created: 1.7e12, createdBy: who, modifiedBy: who, fsCreated: 1.7e12, fsModified: 1.7e12 };
  let sequence = storage.read((records) => records.lastSequence(drive.number));
  const next = () => ({ sequence: ++sequence, id: `${driveKey(drive.id).toUpperCase()}!soak${sequence}` });
  for (let made = 0; made < count; made += perFolder) {
    const children = Math.min(perFolder, count - made);
    const name = `folder ${made / perFolder}`;
    const folder = storage.write((records) =>
      records.putItem({
        ...common,
        ...next(),
        parent: drive.root,
        name,
        folded: name,
        rank: 0,
        size: 0,
        children,
        data: { ...data, kind: 'folder', guid: '00000000-0000-4000-8000-000000000000' },
      }),
    );
    for (let at = 0; at < children; at += 5000) {
      storage.write((records) => {
        for (let file = at; file < Math.min(at + 5000, children); file++) {
          const own = `file ${made + file}.txt`;
          records.putItem({
            ...common,
            ...next(),
            parent: folder.key,
            name: own,
            folded: own,
            rank: 1,
            size: 0,
            children: 0,
            data: {
              ...data,
              kind: 'file',
              guid: '00000000-0000-4000-8000-000000000000',
              mimeType: 'text/plain',
            },
          });
        }
      });
      await storage.settled();
    }
  }
  return count;
}

async function pages(ask: Ask, first: string): Promise<number> {
  let next: string | undefined = first;
  let items = 0;
  while (next !== undefined) {
    const answer = await ask(next);
    if (!answer.ok) throw new Error(`${next} answered ${answer.status}`);
    const page = (await answer.json()) as { value: unknown[]; '@odata.nextLink'?: string };
    items += page.value.length;
    next = page['@odata.nextLink'];
  }
  return items;
}

/** Delta, a listing and a search of a drive of `count` items, in folders of `perFolder`. */
export function largeDrive(folder: string, count: number, perFolder: number): Promise<readonly Step[]> {
  return served(folder, async (ask, one) => [
    await measured('plant', () => plant(one, count, perFolder)),
    await measured('delta', () => pages(ask, 'root/delta?$top=1000')),
    await measured('listing of the first folder', () => pages(ask, 'root:/folder 0:/children?$top=1000')),
    await measured('search for 9 of all', () => pages(ask, `root/search(q='file%201234')?$top=1000`)),
  ]);
}

const fragment = 50 * 1024 * 1024;

/** A file of `gib` GiB up by a session of 50 MiB fragments, and down in ranges as long. */
export function largeFile(folder: string, gib: number): Promise<readonly Step[]> {
  const total = gib * 2 ** 30;
  const bytes = new Uint8Array(fragment).map((_, at) => at % 251);
  return served(folder, async (ask) => [
    await measured('upload', async () => {
      const answer = await ask('root:/large.bin:/createUploadSession', { method: 'POST' });
      const { uploadUrl } = (await answer.json()) as { uploadUrl: string };
      for (let at = 0; at < total; at += fragment) {
        const end = Math.min(at + fragment, total);
        const sent = await ask(uploadUrl, {
          method: 'PUT',
          body: bytes.subarray(0, end - at),
          headers: { 'content-range': `bytes ${at}-${end - 1}/${total}` },
        });
        if (!sent.ok) throw new Error(`the fragment at ${at} was answered ${sent.status}`);
        await sent.arrayBuffer();
      }
      return total;
    }),
    await measured('download', async () => {
      const item = (await (await ask('root:/large.bin')).json()) as {
        '@microsoft.graph.downloadUrl': string;
      };
      let received = 0;
      for (let at = 0; at < total; at += fragment) {
        const end = Math.min(at + fragment, total);
        const part = await ask(item['@microsoft.graph.downloadUrl'], {
          headers: { range: `bytes=${at}-${end - 1}` },
        });
        const got = new Uint8Array(await part.arrayBuffer());
        if (Buffer.compare(got, bytes.subarray(0, end - at)) !== 0)
          throw new Error(`wrong bytes after ${at}`);
        received += got.length;
      }
      return received;
    }),
  ]);
}
