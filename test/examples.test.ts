import { expect, it } from 'vitest';
import { main as embeddedDrive } from '../examples/embedded-drive.ts';

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
