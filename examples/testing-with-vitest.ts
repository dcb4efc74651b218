/** Tests of a program of yours, with Vitest: a OneDrive for each file of tests, back at its seed before each test. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningOneDrive, startOneDrive } from '../packages/server/src/index.ts';

/** Represents the program under test: it counts the items in a folder, and retries when the service asks for it. */
async function countFiles(graph: string, token: string): Promise<number> {
  for (;;) {
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await fetch(`${graph}/me/drive/root:/Reports:/children`, { headers });
    if (answer.status === 429) continue;
    const { value } = (await answer.json()) as { value: unknown[] };
    return value.length;
  }
}

let onedrive: RunningOneDrive;
beforeAll(async () => {
  onedrive = await startOneDrive({
    seed: { Reports: { folder: { 'q1.txt': 'first', 'q2.txt': 'second' } } },
  });
});
beforeEach(() => onedrive.reset());
afterAll(() => onedrive.close());

test('counts the files of a folder', async () => {
  expect(await countFiles(`${onedrive.url}/v1.0`, onedrive.token())).toBe(2);
});

test('comes back after it was throttled', async () => {
  onedrive.control.faults.set({
    rules: [{ times: 1, fault: { kind: 'status', status: 429, retryAfter: 0 } }],
  });
  expect(await countFiles(`${onedrive.url}/v1.0`, onedrive.token())).toBe(2);
  expect(onedrive.requests.map(({ status }) => status)).toEqual([429, 200]);
});
