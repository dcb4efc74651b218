/** The pages that sharing links show in a browser. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createOneDrive } from '../../packages/server/src/index.ts';
import { style, styleHash } from '../../packages/server/src/page/style.ts';

async function sharedFolder(names: readonly string[], type = 'view') {
  const onedrive = await createOneDrive({
    seed: {
      Many: { folder: { Inner: { folder: {} }, ...Object.fromEntries(names.map((name) => [name, 'x'])) } },
    },
  });
  const headers = { authorization: `Bearer ${onedrive.token()}`, 'content-type': 'application/json' };
  const made = await onedrive.fetch(
    new Request('http://127.0.0.1/v1.0/me/drive/root:/Many:/createLink', {
      method: 'POST',
      headers,
      body: JSON.stringify({ type, scope: 'anonymous' }),
    }),
  );
  const { link } = (await made.json()) as { link: { webUrl: string } };
  const open = async (url: string) => {
    const answer = await onedrive.fetch(new Request(url));
    return { text: await answer.text(), policy: answer.headers.get('content-security-policy') ?? '' };
  };
  return { url: link.webUrl, open };
}

const namesIn = (text: string) => [...text.matchAll(/<li[^>]*><a[^>]*>([^<]*)</g)].map(([, name]) => name);
const next = (text: string) => /rel="next" href="([^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');

it('a shared folder shows all items, a thousand on a page, with a count', async () => {
  const names = Array.from({ length: 2500 }, (_, index) => `file ${String(index).padStart(4, '0')}`);
  const { url, open } = await sharedFolder(names);
  const found: (string | undefined)[] = [];
  let address: string | undefined = url;
  const counts: (string | undefined)[] = [];
  while (address !== undefined) {
    const { text } = await open(address);
    found.push(...namesIn(text));
    counts.push(/<p class="quiet">([^<]*)</.exec(text)?.[1]);
    address = next(text);
  }
  expect(found).toEqual(['Inner', ...names]);
  expect(counts).toEqual([
    '1 to 1,000 of 2,501 items',
    '1,001 to 2,000 of 2,501 items',
    '2,001 to 2,501 of 2,501 items',
  ]);
});

it('a page that does not exist is the nearest one', async () => {
  const { url, open } = await sharedFolder(['a']);
  for (const page of ['0', '-1', '9', 'x']) {
    const address = new URL(url);
    address.searchParams.set('page', page);
    expect(namesIn((await open(address.href)).text)).toEqual(['Inner', 'a']);
  }
});

it('the pages allow only their own style sheet, by its hash', async () => {
  const { url, open } = await sharedFolder(["it's & that"]);
  const { text, policy } = await open(url);
  expect(policy).not.toContain('unsafe');
  expect(styleHash).toBe(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  expect(policy).toContain(styleHash);
  expect(text).toContain(`<style>${style}</style>`);
  expect(text).toContain('it&#39;s &amp; that');
});
