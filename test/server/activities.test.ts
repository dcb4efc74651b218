/** Activities, analytics, labels and shared items, through the handler in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

let onedrive: Tester;
let megan: string;
const file = '/me/drive/root:/a.txt:';
const start = async (kind: 'personal' | 'business') => {
  onedrive = await startTester({
    kind,
    accounts: [
      { userPrincipalName: 'alex@contoso.com', drive: { files: { 'a.txt': 'one', Docs: { folder: {} } } } },
      { userPrincipalName: 'megan@contoso.com' },
    ],
  });
  megan = onedrive.token({ account: 'megan@contoso.com' });
};
const get = (path: string, token?: string) => onedrive.ask('GET', path, token === undefined ? {} : { token });
const share = () =>
  onedrive.ask('POST', `${file}/invite`, {
    body: { recipients: [{ email: 'megan@contoso.com' }], roles: ['read'], requireSignIn: true },
  });

describe('activities', () => {
  beforeEach(() => start('personal'));

  it('name who created, changed and shared an item, newest first', async () => {
    await onedrive.clock.advance(1000);
    await onedrive.ask('PUT', `${file}/content`, { body: 'two' });
    await onedrive.clock.advance(1000);
    await share();
    const { value } = (await get(`${file}/activities`)).json;
    expect(value.map(({ action }: { action: object }) => Object.keys(action))).toEqual([
      ['share'],
      ['edit', 'version'],
      ['create'],
    ]);
    expect([
      value[1].action.version.newVersion,
      value[0].action.share.recipients[0].user.displayName,
    ]).toEqual(['2.0', 'Megan']);
    expect(value[2].times.recordedDateTime).toBe('2026-01-02T03:04:05.678Z');
    expect((await get('/me/drive/activities')).json.value).toEqual(value);
    expect((await get(`${file}/activities?$top=1`)).json.value).toHaveLength(1);
  });

  it('items that the owner shared are listed', async () => {
    expect((await get('/me/drive/shared')).json.value).toEqual([]);
    await share();
    await onedrive.ask('POST', '/me/drive/root:/Docs:/createLink', { body: { type: 'view' } });
    const names = (await get('/me/drive/shared')).json.value.map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual(['Docs', 'a.txt']);
  });
});

describe('analytics', () => {
  beforeEach(() => start('business'));

  it('count downloads and distinct users within a time span', async () => {
    await share();
    const { id, parentReference } = (await get(file.slice(0, -1))).json;
    for (const token of [undefined, undefined, megan])
      expect((await get(`/drives/${parentReference.driveId}/items/${id}/content`, token)).status).toBe(302);
    const told = (await get(`${file}/analytics`)).json;
    expect(told.allTime.access).toEqual({ actionCount: 3, actorCount: 2 });
    expect(told.allTime.create).toEqual({ actionCount: 1, actorCount: 1 });
    await onedrive.clock.advance(8 * 24 * 3600_000);
    const token = onedrive.token();
    expect((await get(`${file}/analytics/lastSevenDays`, token)).json.access.actionCount).toBe(0);
    expect((await get(`${file}/analytics/allTime`, token)).json.access.actionCount).toBe(3);
    expect((await get(`${file}/analytics/never`, token)).status).toBe(400);
    const span = "startDateTime='2026-01-01',endDateTime='2026-01-04',interval='day'";
    const days = (await get(`${file}/getActivitiesByInterval(${span})`, token)).json.value;
    expect(days.map((one: { access: { actionCount: number } }) => one.access.actionCount)).toEqual([0, 3, 0]);
    expect(days[0].incompleteData.missingDataBeforeDateTime).toBe('2026-01-02T03:04:05.678Z');
    const wrong = span.replace('day', 'hour');
    expect((await get(`${file}/getActivitiesByInterval(${wrong})`, token)).status).toBe(400);
  });
});

describe('labels', () => {
  beforeEach(() => start('business'));

  it('for retention are set, returned and removed', async () => {
    const path = `${file}/retentionLabel`;
    expect((await get(path)).status).toBe(404);
    const set = await onedrive.ask('PATCH', path, { body: { name: 'Keep' } });
    expect([set.status, set.json.name, set.json.labelAppliedBy.user.displayName]).toEqual([
      200,
      'Keep',
      'Alex',
    ]);
    expect((await get(path)).json.retentionSettings.isDeleteAllowed).toBe(true);
    expect((await onedrive.ask('PATCH', path, { body: {} })).status).toBe(400);
    expect((await onedrive.ask('DELETE', path)).status).toBe(204);
    expect((await get(path)).status).toBe(404);
  });

  it('for sensitivity are assigned by an operation with a monitor URL, and extracted', async () => {
    const body = { sensitivityLabelId: '5feba255-812e-446a-ac59-a7044ef827b5', assignmentMethod: 'standard' };
    const assigned = await onedrive.ask('POST', `${file}/assignSensitivityLabel`, { body });
    expect(assigned.status).toBe(202);
    const monitor = await onedrive.ask('GET', assigned.headers.get('location')!, { anonymous: true });
    expect([monitor.json.operation, monitor.json.status]).toEqual(['AssignSensitivityLabel', 'completed']);
    const { labels } = (await onedrive.ask('POST', `${file}/extractSensitivityLabels`)).json;
    expect(labels).toEqual([expect.objectContaining(body)]);
    const folder = await onedrive.ask('POST', '/me/drive/root:/Docs:/assignSensitivityLabel', { body });
    expect(folder.status).toBe(400);
  });
});
