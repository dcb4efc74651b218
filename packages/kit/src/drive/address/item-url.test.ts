import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isItemUrl, readItemUrl } from './item-url.ts';

const host = 'https://contoso.sharepoint.com';
const group = '0a1b2c3d-0000-4000-8000-0123456789ab';
const share = (...urls: string[]) => ({ kind: 'share', urls });

describe('the target of a URL', () => {
  it.each([
    // sharing links
    ['https://1drv.ms/w/s!Abc', share('https://1drv.ms/w/s!Abc')],
    [`${host}/:f:/s/team/EhX?e=1`, share(`${host}/:f:/s/team/EhX?e=1`)],
    [`${host}/:w:/g/personal/ann_contoso_com/EaB`, share(`${host}/:w:/g/personal/ann_contoso_com/EaB`)],
    // the file itself
    [`${host}/sites/team/Shared%20Documents/a.docx`, share(`${host}/sites/team/Shared%20Documents/a.docx`)],
    [
      `${host}/:w:/r/sites/team/Shared%20Documents/a%23.docx?d=w1&csf=1&web=1&e=x`,
      share(
        `${host}/sites/team/Shared%20Documents/a%23.docx`,
        `${host}/:w:/r/sites/team/Shared%20Documents/a%23.docx?d=w1&csf=1&web=1&e=x`,
      ),
    ],
    // pages that show a file
    [
      `${host}/sites/team/Shared%20Documents/Forms/AllItems.aspx?id=%2Fsites%2Fteam%2FShared%20Documents%2FA%20b&viewid=1`,
      share(
        `${host}/sites/team/Shared%20Documents/A%20b`,
        `${host}/sites/team/Shared%20Documents/Forms/AllItems.aspx?id=%2Fsites%2Fteam%2FShared%20Documents%2FA%20b&viewid=1`,
      ),
    ],
    [
      `${host}/sites/team/Shared%20Documents/Forms/AllItems.aspx`,
      share(
        `${host}/sites/team/Shared%20Documents`,
        `${host}/sites/team/Shared%20Documents/Forms/AllItems.aspx`,
      ),
    ],
    [
      'https://contoso-my.sharepoint.com/personal/ann_contoso_com/_layouts/15/onedrive.aspx?id=%2Fpersonal%2Fann%5Fcontoso%5Fcom%2FDocuments%2FX',
      share(
        'https://contoso-my.sharepoint.com/personal/ann_contoso_com/Documents/X',
        'https://contoso-my.sharepoint.com/personal/ann_contoso_com/_layouts/15/onedrive.aspx?id=%2Fpersonal%2Fann%5Fcontoso%5Fcom%2FDocuments%2FX',
      ),
    ],
    [
      `${host}/sites/team/_layouts/15/download.aspx?SourceUrl=%2Fsites%2Fteam%2FPlans%2Fp.txt`,
      share(
        `${host}/sites/team/Plans/p.txt`,
        `${host}/sites/team/_layouts/15/download.aspx?SourceUrl=%2Fsites%2Fteam%2FPlans%2Fp.txt`,
      ),
    ],
    [
      `${host}/sites/team/_layouts/15/Doc.aspx?sourcedoc=%7BB7B2%7D&file=a.docx&action=default`,
      share(`${host}/sites/team/_layouts/15/Doc.aspx?sourcedoc=%7BB7B2%7D&file=a.docx&action=default`),
    ],
    // sites
    [`${host}/sites/team`, { kind: 'site', host: 'contoso.sharepoint.com', path: 'sites/team' }],
    [`${host}/teams/a%20b/`, { kind: 'site', host: 'contoso.sharepoint.com', path: 'teams/a b' }],
    [`${host}/`, { kind: 'site', host: 'contoso.sharepoint.com', path: '' }],
    // personal drives
    [
      'https://onedrive.live.com/?id=AB12!105&cid=AB12',
      { kind: 'item', drive: '000000000000ab12', item: 'AB12!105' },
    ],
    [
      'https://onedrive.live.com/edit.aspx?resid=4D2C8A9B1F3E5A70!7',
      { kind: 'item', drive: '4d2c8a9b1f3e5a70', item: '4D2C8A9B1F3E5A70!7' },
    ],
    [
      'https://onedrive.live.com/?cid=4d2c8a9b1f3e5a70',
      { kind: 'item', drive: '4d2c8a9b1f3e5a70', item: 'root' },
    ],
    [
      'https://onedrive.live.com/#cid=4d2c8a9b1f3e5a70&id=4D2C8A9B1F3E5A70!s1',
      { kind: 'item', drive: '4d2c8a9b1f3e5a70', item: '4D2C8A9B1F3E5A70!s1' },
    ],
    [
      'https://onedrive.live.com/redir?resid=AB12!105&authkey=!K',
      share('https://onedrive.live.com/redir?resid=AB12!105&authkey=!K'),
    ],
    // Teams
    [
      `https://teams.microsoft.com/l/file/1F?tenantId=t&fileType=docx&objectUrl=${encodeURIComponent(`${host}/sites/team/Shared Documents/General/a b.docx`)}&baseUrl=x&serviceName=teams`,
      share(`${host}/sites/team/Shared Documents/General/a b.docx`),
    ],
    [
      'https://teams.microsoft.com/_#/docx/viewer/teams/https:~2F~2Fcontoso.sharepoint.com~2Fsites~2Fteam~2FPlans~2Fa.docx?threadId=19:x&ctx=channel',
      share(`${host}/sites/team/Plans/a.docx`),
    ],
    [
      `https://teams.microsoft.com/l/channel/19%3ax%40thread.tacv2/My%20Channel?groupId=${group}&tenantId=t`,
      { kind: 'group', group, path: ['My Channel'] },
    ],
    [
      `https://teams.cloud.microsoft/l/team/19%3ax/conversations?groupId=${group}`,
      { kind: 'group', group, path: [] },
    ],
    [
      'https://teams.microsoft.com/l/chat/0/0?users=a',
      share('https://teams.microsoft.com/l/chat/0/0?users=a'),
    ],
  ])('%s', (url, where) => {
    expect(isItemUrl(url)).toBe(true);
    expect(readItemUrl(url)).toEqual(where);
  });

  it.each(['', 'a/b', 'https://', 'file:///a', 'me', 'C:/x', 'https:// x'])(
    'of %j is undefined: it is not a URL',
    (text) => {
      expect(isItemUrl(text)).toBe(false);
    },
  );

  const hosts = fc.constantFrom(
    'contoso.sharepoint.com',
    'contoso-my.sharepoint.com',
    'onedrive.live.com',
    'teams.microsoft.com',
    '1drv.ms',
    'example.org',
  );
  const names = fc.constantFrom(
    'id',
    'resid',
    'cid',
    'objectUrl',
    'RootFolder',
    'SourceUrl',
    'groupId',
    'authkey',
    'x',
  );
  const parameters = fc.array(
    fc.tuple(names, fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.webPath())),
  );
  const paths = fc.array(
    fc.oneof(
      fc.constantFrom(
        'sites',
        '_layouts',
        '15',
        'Forms',
        'AllItems.aspx',
        ':w:',
        'r',
        's',
        'l',
        'file',
        'channel',
      ),
      fc.string(),
    ),
  );
  const urls = fc
    .tuple(hosts, paths, parameters, fc.string())
    .map(
      ([one, path, query, hash]) =>
        `https://${one}/${path.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}?${new URLSearchParams(query.map(([name, value]) => [name, value.toWellFormed()])).toString()}#${encodeURIComponent(hash.toWellFormed())}`,
    );

  it('is found for any text: nothing is thrown, and only absolute URLs are requested', () => {
    fc.assert(
      fc.property(urls, (url) => {
        const where = readItemUrl(url);
        if (where.kind === 'share') {
          expect(where.urls.length).toBeGreaterThan(0);
          for (const one of where.urls) expect(isItemUrl(one)).toBe(true);
        }
        if (where.kind === 'group') for (const name of where.path) expect(name).not.toBe('');
      }),
    );
  });

  it('in SharePoint has the same host, and is stable when read again', () => {
    fc.assert(
      fc.property(urls, (url) => {
        const where = readItemUrl(url);
        if (where.kind !== 'share' || new URL(url).hostname === 'teams.microsoft.com') return;
        for (const one of where.urls) expect(new URL(one).host).toBe(new URL(url).host);
        const [first = ''] = where.urls;
        expect(readItemUrl(url)).toEqual(readItemUrl(url));
        const again = readItemUrl(first);
        if (again.kind === 'share') expect(again.urls.at(-1)).toBe(first);
      }),
    );
  });
});
