/**
 * Validates the embedded server's responses with Microsoft's OpenAPI document. Skipped, with a notice, if the document is
 * missing.
 */
import { describe, expect, test } from 'vitest';
import { startTester } from '../../server/world.ts';
import { openApi } from './openapi.ts';

const api = openApi();
if (api === undefined)
  console.info(
    "Skipped: answers against Microsoft's OpenAPI document (set ONEDRIVE_KIT_CONTRACT to a folder that has openapi-drive.json).",
  );

/** Sent by the service and not in the document: `identity.email` (recorded answers), `error.errorCode` of monitors. */
const beyond = [/\/email is not declared$/, /innerError\/code is not declared$/];

describe.skipIf(api === undefined).each(['personal', 'business'] as const)(
  'responses of a %s drive have the documented format',
  (kind) => {
    const seed = {
      Documents: { folder: { 'a.txt': 'a' } },
      'i.jpg': 'x',
      'v.mp4': 'x',
      's.mp3': 'x',
      Notes: { package: 'oneNote' as const },
    };
    const check = (type: string, value: unknown) =>
      expect(
        api?.problems(type, value).filter((problem) => !beyond.some((known) => known.test(problem))),
      ).toEqual([]);

    test.each([
      ['user', '/me'],
      ['drive', '/me/drive'],
      ['driveCollectionResponse', '/me/drives'],
      ['driveItem', '/me/drive/root?$expand=children'],
      ['driveItem', '/me/drive/root:/Documents/a.txt'],
      ['driveItemCollectionResponse', '/me/drive/root/children?$top=2&$count=true'],
      ['driveItemCollectionResponse', "/me/drive/root/search(q='a')"],
      ['driveItemCollectionResponse', '/me/drive/recent'],
      ['driveItemCollectionResponse', '/me/drive/root/delta'],
      ['driveItem', '/me/drive/special/documents'],
    ])('%s: GET %s', async (type, path) => {
      const one = await startTester({ kind, seed });
      const answer = await one.ask('GET', path);
      expect(answer.status).toBe(200);
      check(type, answer.json);
    });

    test('responses to writes have the documented format', async () => {
      const one = await startTester({ kind, seed });
      check('driveItem', (await one.ask('PUT', '/me/drive/root:/n.txt:/content', { body: 'x' })).json);
      check(
        'driveItem',
        (await one.ask('POST', '/me/drive/root/children', { body: { name: 'f', folder: {} } })).json,
      );
      check(
        'driveItem',
        (await one.ask('PATCH', '/me/drive/root:/n.txt', { body: { name: 'm.txt', description: 'd' } })).json,
      );
      check(
        'permission',
        (await one.ask('POST', '/me/drive/root:/m.txt:/createLink', { body: { type: 'view' } })).json,
      );
      check('uploadSession', (await one.ask('POST', '/me/drive/root:/u:/createUploadSession')).json);
      await one.ask('DELETE', '/me/drive/root:/m.txt');
      check('driveItemCollectionResponse', (await one.ask('GET', '/me/drive/root/delta')).json);
    });
  },
);

test.skipIf(api === undefined)('the check finds errors', () => {
  expect(api?.problems('driveItem', { size: 'big', file: { hash: 1 } })).toEqual([
    expect.stringContaining('/size'),
    '/file/hash is not declared',
  ]);
});
