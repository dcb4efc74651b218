/** The judge itself: it must find what is wrong, and know every form of address. Skipped, with a notice, without the document. */
import { describe, expect, it } from 'vitest';
import { contractFile, loadContract } from './contract.ts';

if (contractFile() === undefined)
  console.info('NOTICE: ONEDRIVE_KIT_CONTRACT names no openapi-drive.json: the contract is not checked.');

describe.skipIf(contractFile() === undefined)('the contract', () => {
  const contract = loadContract()!;
  const judge = (body: unknown, path = '/me/drive/root') => contract.judge('GET', path, 200, body);

  it('finds a property that the document does not have, at any depth', () => {
    expect(judge({ id: '1', name: 'root' })).toEqual([]);
    expect(judge({ id: '1', nome: 'root' })[0]).toContain('nome');
    expect(judge({ file: { hashes: { md5Hash: 'x' } } })[0]).toContain('md5Hash');
    expect(judge({ value: [{ nome: 'x' }] }, '/me/drive/root/delta()')[0]).toContain('nome');
  });

  it('finds a value of another type, and a time that is none', () => {
    expect(judge({ name: 1 })[0]).toContain('must be string');
    expect(judge({ createdDateTime: '2026-01-02' })[0]).toContain('pattern');
    expect(judge({ value: {} }, '/me/drive/root/children')[0]).toContain('must be array');
  });

  it('judges errors too', () => {
    expect(contract.judge('GET', '/me/drive', 404, { error: { code: 'x' } })[0]).toContain('message');
  });

  it.each([
    ['/me/drive/root:/a/b.txt', '/me/drive/items/{driveItem-id}'],
    ['/me/drive/root:/a/b.txt:/content', '/me/drive/items/{driveItem-id}/content'],
    ['/drive/items/root/children', '/me/drive/items/{driveItem-id}/children'],
    ['/drives/b!x/items/1:/a', '/drives/{drive-id}/items/{driveItem-id}'],
    ['/drives/x/root/delta', '/drives/{drive-id}/root/delta()'],
    ["/drives/x/root/search(q='a')", "/drives/{drive-id}/root/search(q='{q}')"],
    ['/sites/host:/sites/a:/drive', '/sites/{site-id}/drive'],
    ['/sites/getAllSites()', '/sites/getAllSites()'],
    ['/shares/u!x/driveItem/content', '/shares/{sharedDriveItem-id}/driveItem/content'],
  ])('knows %s as %s', (path, template) => {
    expect(contract.operation('GET', path)).toBe(`GET ${template}`);
  });
});
