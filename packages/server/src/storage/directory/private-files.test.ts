import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makePrivateFolder } from './private-files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'private-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('creates missing parents, with access for the owner only', () => {
  makePrivateFolder(join(folder, 'a/b'));
  expect(statSync(join(folder, 'a/b')).isDirectory()).toBe(true);
  if (process.platform !== 'win32') expect(statSync(join(folder, 'a')).mode & 0o077).toBe(0);
});

it('accepts a folder that exists and refuses a file in its place', () => {
  makePrivateFolder(folder);
  writeFileSync(join(folder, 'file'), '');
  expect(() => {
    makePrivateFolder(join(folder, 'file'));
  }).toThrow(/EEXIST/);
});

it.runIf(process.platform === 'linux')('ends where the system creates no folder', () => {
  expect(() => {
    makePrivateFolder('/proc/onedrive-kit');
  }).toThrow(/ENOENT|EACCES|EPERM/);
});
