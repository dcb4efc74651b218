import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningOneDrive, type StartOptions, startOneDrive } from '../../packages/server/src/index.ts';

let onedrive: RunningOneDrive;
afterEach(() => onedrive.close());

const start = async (options: StartOptions = {}) => {
  onedrive = await startOneDrive(options);
  return { Authorization: `Bearer ${onedrive.token()}` };
};
const names = async (path: string, headers: Record<string, string>) => {
  const answer = await onedrive.fetch(path, { headers });
  expect(answer.status, path).toBe(200);
  const { value } = (await answer.json()) as { value: { name: string }[] };
  return value.map(({ name }) => name);
};

describe('a started OneDrive', () => {
  it('responds at its url and in process, and lists its requests', async () => {
    const headers = await start({ seed: { 'a.txt': 'hello' } });
    const over = await fetch(`${onedrive.url}/v1.0/me/drive/root:/a.txt:/content`, { headers });
    expect(await over.text()).toBe('hello');
    expect((await onedrive.fetch('/v1.0/me/drive', { headers })).status).toBe(200);
    expect(onedrive.requests.map(({ method, status }) => `${method} ${String(status)}`)).toEqual(
      expect.arrayContaining(['GET 302', 'GET 200']),
    );
  });

  it('can be reset to its seed', async () => {
    const headers = await start({ seed: { 'a.txt': 'hello' } });
    await onedrive.fetch('/v1.0/me/drive/root:/b.txt:/content', { method: 'PUT', headers, body: 'b' });
    expect(await names('/v1.0/me/drive/root/children', headers)).toEqual(['a.txt', 'b.txt']);
    await onedrive.reset();
    expect(onedrive.requests).toEqual([]);
    const again = { Authorization: `Bearer ${onedrive.token()}` };
    expect(await names('/v1.0/me/drive/root/children', again)).toEqual(['a.txt']);
  });

  it('reads its seed and its faults from files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'seed-'));
    await mkdir(join(folder, 'pictures/deep'), { recursive: true });
    await writeFile(join(folder, 'pictures/deep/one.png'), 'png');
    await writeFile(
      join(folder, 'seed.yaml'),
      `accounts:
  - userPrincipalName: alex@contoso.com
    kind: business
    drive:
      files:
        notes.txt: some text
        big.bin: {size: 3000000}
        key.bin: {base64: AAEC}
        Reports: {folder: {q1.txt: "1", empty: }}
        Pictures: {from: pictures}
  - userPrincipalName: guest@outlook.com
    kind: personal
sites:
  - path: sites/team
    members: [alex@contoso.com]
    libraries:
      - files: {plan.txt: ours}
      - name: Archive
`,
    );
    await writeFile(
      join(folder, 'faults.yaml'),
      'rules: [{match: {path: "*/items/*"}, fault: {kind: status, status: 503}}]',
    );
    const headers = await start({ seed: join(folder, 'seed.yaml'), faults: join(folder, 'faults.yaml') });
    expect(await names('/v1.0/me/drive/root/children', headers)).toEqual([
      'Pictures',
      'Reports',
      'big.bin',
      'key.bin',
      'notes.txt',
    ]);
    expect(await names('/v1.0/me/drive/root:/Pictures/deep:/children', headers)).toEqual(['one.png']);
    expect(await names('/v1.0/me/drive/root:/Reports:/children', headers)).toEqual(['empty', 'q1.txt']);
    expect(await names('/v1.0/sites/root:/sites/team:/lists/Archive/drive/root/children', headers)).toEqual(
      [],
    );
    expect(await names('/v1.0/sites/root:/sites/team:/drive/root/children', headers)).toEqual(['plan.txt']);
    expect((await onedrive.fetch('/v1.0/me/drive/items/x', { headers })).status).toBe(503);
    await rm(folder, { recursive: true });
  });

  it('accepts a folder as its seed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'seed-'));
    await writeFile(join(folder, 'one.txt'), 'one');
    const headers = await start({ seed: folder });
    expect(await names('/v1.0/me/drive/root/children', headers)).toEqual(['one.txt']);
    await rm(folder, { recursive: true });
  });

  it('uses TLS with a certificate of its own authority', async () => {
    await start({ tls: true });
    expect(onedrive.url).toMatch(/^https:/);
    const status = await new Promise((resolve, reject) => {
      httpsRequest(`${onedrive.url}/`, { method: 'HEAD', ca: onedrive.ca ?? '' }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });
});

it('an invalid seed is refused with the place of the fault', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seed-'));
  await start();
  await writeFile(join(folder, 'seed.yaml'), 'accounts:\n  - kind: corporate\n');
  await expect(startOneDrive({ seed: join(folder, 'seed.yaml') })).rejects.toThrow(/accounts\[0\]\.kind/);
  await rm(folder, { recursive: true });
});
