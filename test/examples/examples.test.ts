import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { main as backupFolder } from '../../examples/backup-folder.ts';
import { main as embeddedDrive } from '../../examples/embedded-drive.ts';
import { main as followChanges } from '../../examples/follow-changes.ts';
import { main as shareReport } from '../../examples/share-report.ts';
import { main as streamThrough } from '../../examples/stream-through.ts';

async function printed(main: (print: (line: string) => void) => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  await main((line) => lines.push(line));
  return lines;
}

it('examples/embedded-drive.ts shows what went up, what is there, and what came down', async () => {
  expect(await printed(embeddedDrive)).toEqual([
    'q3.txt: 18 bytes, verified',
    'Reports',
    'Reports/q3.txt',
    'notes.txt',
    'quarter by quarter',
  ]);
});

it('examples/backup-folder.ts copies a folder and leaves out what OneDrive refuses', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'backup-'));
  await mkdir(join(folder, 'a/b'), { recursive: true });
  await writeFile(join(folder, 'a/b/deep.txt'), 'deep');
  await writeFile(join(folder, 'bad|name'), '');
  await writeFile(join(folder, 'top.txt'), 'top');
  const lines = await printed((print) => backupFolder(print, folder));
  await rm(folder, { recursive: true });
  expect(lines).toEqual([
    'a/b/deep.txt: 4 bytes, verified',
    'bad|name: left out, it contains one of " * : < > ? / \\ |',
    'top.txt: 3 bytes, verified',
    '7 bytes used',
  ]);
});

it('examples/follow-changes.ts prints the changes since the last run', async () => {
  const lines = await printed(followChanges);
  expect(lines.sort()).toEqual(['is there: new.txt', 'is there: renamed.txt', 'one is gone']);
});

it('examples/stream-through.ts uploads what has no size, reads a part and copies', async () => {
  expect(await printed(streamThrough)).toEqual([
    'all 9426427 bytes are up',
    'measurements.csv: 9426427 bytes, verified',
    'number,square\n0,0\n1,1\n2,4',
    'measurements 2026.csv: 9426427 bytes',
  ]);
});

it('examples/share-report.ts creates a link, and reports a missing file', async () => {
  expect(await printed(shareReport)).toEqual([
    'view link for anonymous, to read',
    'the same link again',
    'There is nothing at /Reports/q4.txt: /Reports has no "q4.txt".',
  ]);
});
