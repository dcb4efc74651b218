/** Texts of the library never name commands or flags of the command line: a developer cannot use them. */
import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const source = new URL('../', import.meta.url);
/** The texts that are about the command line, or about Microsoft's own. */
const exceptions = new Set(['auth/registration.ts', 'config/schema.ts']);

it('no text of the library names a command or a flag of onedrive-cli', async () => {
  const names = (await readdir(source, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !exceptions.has(name),
  );
  expect(names.length).toBeGreaterThan(200);
  const texts = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(name, source), 'utf8') })),
  );
  const found = texts.flatMap(({ name, text }) =>
    text
      .split('\n')
      .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
      .map((line) => line.replace(/ \/\/ .*/, ''))
      .filter((line) => /['`"][^'`"]*(onedrive-cli [a-z]|[ (`]--[a-z]{2}|the command line)/.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
