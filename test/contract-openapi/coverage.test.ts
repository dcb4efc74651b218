/**
 * Every operation of Microsoft's OpenAPI document is either implemented, or returns 501 with a reason: none is unknown. What
 * answers 501 is what docs/reference/differences.md lists.
 */
import { describe, expect, it } from 'vitest';
import { type Answer, startTester, type Tester } from '../server/world.ts';
import { contractFile, loadContract } from './contract.ts';

type Verdict = 'served' | '501' | 'unknown';

interface Samples {
  readonly drive: string;
  readonly file: string;
  readonly site: string;
  readonly group: string;
  readonly share: string;
  readonly list: string;
}

/** Something that exists for every parameter of the document; where that cannot be, a name that does not. */
function instanceOf(template: string, samples: Samples): string {
  return template
    .replaceAll('{drive-id}', samples.drive)
    .replaceAll('special/{driveItem-id}', 'special/documents')
    .replaceAll('bundles/{driveItem-id}', 'bundles/none')
    .replaceAll('{driveItem-id}', samples.file)
    .replaceAll('{driveItem-id1}', 'a.txt')
    .replaceAll('{site-id}', samples.site)
    .replaceAll('{group-id}', samples.group)
    .replaceAll('{user-id}', 'alex@contoso.com')
    .replaceAll('{list-id}', samples.list)
    .replaceAll('{sharedDriveItem-id}', samples.share)
    .replaceAll(/\{[^}]*\}/g, '1');
}

async function makeSamples(onedrive: Tester): Promise<Samples> {
  const file = (await onedrive.ask('GET', '/me/drive/root:/a.txt')).json;
  const drive = (await onedrive.ask('GET', '/sites/root:/sites/team:/drive')).json;
  const site = (await onedrive.ask('GET', '/sites/root:/sites/team')).json;
  const link = (
    await onedrive.ask('POST', `/me/drive/items/${file.id}/createLink`, { body: { type: 'view' } })
  ).json;
  const lists = (await onedrive.ask('GET', '/sites/root:/sites/team:/lists')).json;
  return {
    drive: file.parentReference.driveId,
    file: file.id,
    site: site.id,
    group: drive.owner.group.id,
    share: link.shareId,
    list: lists.value[0].id,
  };
}

function verdictOf({ status, text }: Answer): Verdict {
  if (status === 501) return '501';
  if (status === 405) return 'unknown';
  return status === 400 && text.includes('Resource not found for the segment') ? 'unknown' : 'served';
}

const start = () =>
  startTester({
    kind: 'business',
    accounts: [{ userPrincipalName: 'alex@contoso.com', drive: { files: { 'a.txt': 'text' } } }],
    sites: [{ path: 'sites/team', group: 'team@contoso.com' }],
  });

describe.skipIf(contractFile() === undefined)('every operation of the document', () => {
  it('is served, or answers 501', async () => {
    const verdicts: Record<Verdict, string[]> = { served: [], '501': [], unknown: [] };
    let onedrive = await start();
    let samples = await makeSamples(onedrive);
    for (const operation of loadContract()!.operations) {
      const [method = '', template = ''] = operation.split(' ');
      if (method !== 'GET') {
        await onedrive.close();
        onedrive = await start();
        samples = await makeSamples(onedrive);
      }
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
      const answer = await onedrive.ask(method, instanceOf(template, samples), body);
      expect(answer.status, `${operation}: ${answer.text}`).not.toBe(500);
      verdicts[verdictOf(answer)].push(operation);
    }
    const { served, unknown } = verdicts;
    console.info(
      `${served.length} operations served, ${verdicts['501'].length} answer 501, ${unknown.length} are unknown`,
    );
    expect(unknown).toEqual([]);
  }, 120_000);
});
