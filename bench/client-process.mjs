// What the benchmarks run as `onedrive-kit`: a program over the library as it is built, one per measurement.
// Arguments: URL TOKEN OPERATION …; what it lists goes to standard output, one item a line.
import { readFileSync } from 'node:fs';
import { connect, fastLane, fromFile, nodeFileSystem, toFile } from 'onedrive-kit/node';

const [url, token, operation, ...args] = process.argv.slice(2);
// Trust is part of what is measured: read here, as a program that knows its server would.
const ca = url.startsWith('https:') ? readFileSync(process.env.BENCH_CA, 'utf8') : undefined;
const transport = fastLane(ca === undefined ? {} : { ca });
const { drive } = connect({ credential: token, baseUrl: `${url}/v1.0`, transport });

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
    await all(drive.putTree({ fileSystem: nodeFileSystem, folder }, into, { transfers: Number(parallel) }));
  },
  async 'download-all'(from, folder, parallel) {
    await all(drive.getTree(from, { fileSystem: nodeFileSystem, folder }, { transfers: Number(parallel) }));
  },
};

/** Lets a transfer run; the measurement is invalid if any transfer failed. */
async function all(events) {
  for await (const event of events) {
    if (event.type === 'failed') throw event.error;
  }
}

await operations[operation](...args);
