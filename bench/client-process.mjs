// What the benchmarks run as `onedrive-kit`: a program over the library as it is built, one per measurement.
// Arguments: URL TOKEN OPERATION …; what it lists goes to standard output, one item a line.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, fromFile, toFile } from 'onedrive-kit/node';

const [url, token, operation, ...args] = process.argv.slice(2);
const { drive } = connect({ credential: token, baseUrl: `${url}/v1.0` });

const operations = {
  async list(folder) {
    const names = [];
    for await (const item of drive.list(folder)) names.push(item.name);
    process.stdout.write(`${names.join('\n')}\n`);
  },
  async walk() {
    const names = [];
    for await (const entry of drive.walk('')) names.push(entry.item.name);
    process.stdout.write(`${names.join('\n')}\n`);
  },
  async upload(from, name) {
    await drive.upload(await fromFile(from), '', { name });
  },
  async download(name, to) {
    await drive.download(name, toFile(to));
  },
  async 'upload-all'(folder, into, parallel) {
    await each(await readdir(folder), Number(parallel), async (name) => {
      await drive.upload(await fromFile(join(folder, name)), into, { name });
    });
  },
  async 'download-all'(from, folder, parallel) {
    const names = [];
    for await (const item of drive.list(from)) names.push(item.name);
    await each(names, Number(parallel), (name) =>
      drive.download(`${from}/${name}`, toFile(join(folder, name))),
    );
  },
};

/** Handles every element, so many at a time. */
async function each(elements, parallel, handle) {
  const queue = elements.values();
  const work = async () => {
    for (const element of queue) await handle(element);
  };
  await Promise.all(Array.from({ length: parallel }, work));
}

await operations[operation](...args);
