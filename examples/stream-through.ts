/**
 * A whole program: uploads what is only known as it comes (the size is not known before), with progress, reads a
 * part of it back, and copies it inside the service.
 */
import { tmpdir } from 'node:os';
import { handlerTransport } from '../packages/kit/src/http/index.ts';
import { connect, nodeFileSystem, parseByteRange } from '../packages/kit/src/node.ts';
import { createOneDrive } from '../packages/server/src/index.ts';

/** Runs it; `print` gets what a person would see. */
export async function main(print: (line: string) => void): Promise<void> {
  const oneDrive = await createOneDrive();
  const { drive } = connect({
    transport: handlerTransport(oneDrive.handler),
    credential: oneDrive.token(),
    baseUrl: 'http://onedrive.test/v1.0',
    spool: { fileSystem: nodeFileSystem, folder: tmpdir() },
  });

  const { item, size, verdict } = await drive.upload({ stream: measurements(500_000) }, '', {
    name: 'measurements.csv',
    onProgress: ({ phase, loaded, total }) => {
      if (phase === 'upload' && loaded === total) print(`all ${loaded} bytes are up`);
    },
  });
  print(`${item.name}: ${size} bytes, ${verdict}`);

  const head = await drive.read(item.name, { range: parseByteRange('0-25') });
  print(new TextDecoder().decode(head).trimEnd());

  await drive.makeFolder('', 'Archive');
  const copy = await drive.copy(item.name, 'Archive', { name: 'measurements 2026.csv' });
  print(`${copy.name}: ${copy.size ?? 0} bytes`);
  await oneDrive.close();
}

/** Lines that are made while they are sent. */
async function* measurements(count: number): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  yield encoder.encode('number,square\n');
  for (let at = 0; at < count; at += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, more) => `${at + more},${(at + more) ** 2}\n`);
    yield encoder.encode(lines.join(''));
  }
}
