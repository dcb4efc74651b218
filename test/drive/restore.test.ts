/** A tree as it was: from versions and the recycle bin, on every kind of drive. */
import { describe, expect, it } from 'vitest';
import {
  type Drive,
  findDrive,
  openDrive,
  parseDriveAddress,
  planRestore,
  restoreStep,
} from '../../packages/kit/src/drive/index.ts';
import { getDelta, myDrive, rootItem } from '../../packages/kit/src/graph/index.ts';
import { type EmbeddedDrive, embeddedDrive } from '../embedded/embedded-drive.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (content: string) => new TextEncoder().encode(content);

async function scene(kind: 'personal' | 'business' | 'library') {
  const one: EmbeddedDrive = await embeddedDrive({
    kind: kind === 'personal' ? 'personal' : 'business',
    accounts: [{ kind: kind === 'personal' ? 'personal' : 'business' }],
    ...(kind === 'library' ? { sites: [{ path: 'sites/team', displayName: 'Team' }] } : {}),
  });
  const ref =
    kind === 'library' ? await findDrive(one.client, parseDriveAddress('site:Team/Documents')) : myDrive;
  const drive: Drive = openDrive(one.client, ref, one.world);
  const put = (path: string, content: string) => {
    const names = path.split('/');
    return drive.upload(bytes(content), names.slice(0, -1).join('/'), {
      name: names.at(-1) ?? '',
      conflict: 'replace',
    });
  };
  const later = () => one.world.clock.sleep(60_000);
  for (const folder of ['Work', 'Work/Sub', 'Else']) await drive.makeFolder('', folder, { parents: true });
  for (const path of ['Work/a.txt', 'Work/same.txt', 'Work/gone.txt', 'Work/Sub/deep.txt', 'Else/e.txt'])
    await put(path, `first ${path}`);
  await later();
  const before = one.world.clock.now();
  let token: string | undefined;
  for await (const page of getDelta(one.client, ref, rootItem, { from: 'latest' }).pages())
    token = page['@odata.deltaLink'] ?? token;
  await later();
  await put('Work/a.txt', 'second');
  await put('Work/new.txt', 'new');
  await put('Work/gone.txt', 'changed before it went');
  await put('Else/e.txt', 'second');
  await later();
  await drive.remove('Work/gone.txt');
  await drive.remove('Work/Sub');
  await drive.remove('Else/e.txt');
  return { drive, before, token };
}

const shown = (path: readonly string[]) => path.join('/');

describe.each(['business', 'library', 'personal'] as const)('a folder of a %s drive', (kind) => {
  const plan = async (one: Awaited<ReturnType<typeof scene>>, start: string) =>
    planRestore(one.drive.context, start, one.before, kind === 'personal' ? { token: one.token } : {});

  it('has a plan that changes nothing and names what was changed, removed and made since', async () => {
    const one = await scene(kind);
    const { steps, withoutTrash } = await plan(one, '/Work');
    expect(withoutTrash).toBeUndefined();
    expect(steps.map((step) => `${step.kind} ${shown(step.path)}`).sort()).toEqual(
      [
        'newer Work/new.txt',
        'removed Work/Sub',
        'removed Work/gone.txt',
        ...(kind === 'personal' ? ['removed Work/Sub/deep.txt'] : []),
        'version Work/a.txt',
      ].sort(),
    );
    expect(text(await one.drive.read('Work/a.txt'))).toBe('second');
  });

  it('is as it was when every step is done, and what is elsewhere is left alone', async () => {
    const one = await scene(kind);
    const { steps } = await plan(one, 'Work');
    for (const step of steps) await restoreStep(one.drive.context, step, one.before);
    for (const path of ['Work/a.txt', 'Work/same.txt', 'Work/gone.txt', 'Work/Sub/deep.txt'])
      expect(text(await one.drive.read(path))).toBe(`first ${path}`);
    expect(text(await one.drive.read('Work/new.txt'))).toBe('new');
    await expect(one.drive.stat('Else/e.txt')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('a step that cannot be done says why', async () => {
    const one = await scene(kind);
    const { steps } = await plan(one, 'Work');
    await one.drive.upload(bytes('another'), 'Work', { name: 'gone.txt' });
    const gone = steps.find((step) => shown(step.path) === 'Work/gone.txt');
    await expect(restoreStep(one.drive.context, gone!, one.before)).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

it('without a token, a personal drive gives versions back and says why nothing else', async () => {
  const { drive, before } = await scene('personal');
  const { steps, withoutTrash } = await planRestore(drive.context, 'Work', before);
  expect(withoutTrash).toMatchObject({ code: 'not-supported' });
  expect(steps.map((step) => step.kind).sort()).toEqual(['newer', 'version']);
});
