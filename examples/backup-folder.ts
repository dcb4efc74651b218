/**
 * A whole program: copies a folder of the local disk into a drive, a few files at a time, and prints how each was
 * checked. Folders are created as needed; names that OneDrive does not allow are reported.
 */
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { handlerTransport } from '../packages/kit/src/http/index.ts';
import { connect, type Drive, fromFile, nameProblem } from '../packages/kit/src/node.ts';
import { createOneDrive } from '../packages/server/src/index.ts';

const atATime = 4;

/** Runs it on `folder`; `print` gets what a person would see. */
export async function main(print: (line: string) => void, folder: string): Promise<void> {
  const oneDrive = await createOneDrive();
  const { drive } = connect({
    transport: handlerTransport(oneDrive.handler),
    credential: oneDrive.token(),
    baseUrl: 'http://onedrive.test/v1.0',
  });
  const files = await filesBelow(folder);
  for (let at = 0; at < files.length; at += atATime) {
    const lines = await Promise.all(files.slice(at, at + atATime).map((path) => backUp(drive, folder, path)));
    lines.forEach(print);
  }
  const { used = 0 } = await drive.quota();
  print(`${used} bytes used`);
  await oneDrive.close();
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
}

async function backUp(drive: Drive, folder: string, path: string): Promise<string> {
  const names = path.split(sep);
  const bad = names.find((name) => nameProblem(name) !== undefined);
  if (bad !== undefined) return `${path}: left out, ${nameProblem(bad) ?? ''}`;
  const parents = names.slice(0, -1).join('/');
  if (parents !== '') await drive.makeFolder('', parents, { parents: true });
  const { size, verdict } = await drive.upload(await fromFile(join(folder, path)), parents, {
    conflict: 'replace',
  });
  return `${path}: ${size} bytes, ${verdict}`;
}
