import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleWriter, killAgainAndAgain } from './kill.ts';
import { seeded } from './seeded.ts';

const root = join(import.meta.dirname, '../..');

test('a server that is killed at random moments loses nothing that was answered and leaves no blob behind', async () => {
  const work = await mkdtemp(join(root, 'node_modules/.kill-'));
  const folder = await mkdtemp(join(tmpdir(), 'kill-'));
  try {
    const program = await bundleWriter(root, work);
    const answers = await killAgainAndAgain({ program, folder, kills: 4, random: seeded(7) });
    expect(answers).toBeGreaterThan(0);
  } finally {
    await rm(work, { recursive: true });
    await rm(folder, { recursive: true });
  }
}, 120_000);
