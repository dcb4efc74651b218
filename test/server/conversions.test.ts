/** `format=html` and images that cannot be decoded, through the handler in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { startTester, type Tester } from './world.ts';

let onedrive: Tester;
beforeEach(async () => {
  onedrive = await startTester({ kind: 'business' });
});

async function converted(name: string, body: string | Uint8Array, format = 'html') {
  const path = `/me/drive/root:/${encodeURIComponent(name)}:/content`;
  await onedrive.ask('PUT', path, { body });
  const answer = await onedrive.ask('GET', `${path}?format=${format}`);
  const location = answer.headers.get('location');
  return location === null ? answer : onedrive.ask('GET', location, { anonymous: true });
}

describe('a file is converted to HTML', () => {
  it('from Markdown, with tables, task lists and code', async () => {
    const text =
      '# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nlet a = 1 < 2;\n```\n\n[x](https://example.com)';
    const answer = await converted('notes.md', text);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.text).toContain('<h1>Title</h1>');
    expect(answer.text).toContain('<td>2</td>');
    expect(answer.text).toContain('<code class="language-js">let a = 1 &lt; 2;');
    expect(answer.text).toContain('<a href="https://example.com">x</a>');
    expect(answer.text).toContain('<title>notes.md</title>');
  });

  it('from text, in any of its encodings, with every character escaped', async () => {
    expect((await converted('a.txt', 'a <b> & c\nd')).text).toContain('<pre>a &lt;b&gt; &amp; c\nd</pre>');
    const wide = Uint8Array.from([0xff, 0xfe, 0x3c, 0, 0xe4, 0]);
    expect((await converted('b.txt', wide)).text).toContain('<pre>&lt;ä</pre>');
    expect((await converted('c.csv', '')).text).toContain('<pre></pre>');
    expect((await converted('d.txt', Uint8Array.from([0xff, 0x00, 0x80]))).status).toBe(200);
  });

  it('from HTML, without anything that runs or loads', async () => {
    const hostile = [
      '<script>alert(1)</script><p onclick="a()">kept</p><iframe src="//evil"></iframe>',
      '<img src="javascript:alert(1)" onerror="b()"><a href=" jAvAscript:c()">d</a><style>*{}</style>',
      '<svg><script>e()</script></svg><math><mtext><table><mglyph><style><img src=x onerror=f()>',
      '<form action="https://evil"><input name=q></form><base href="//evil"><meta http-equiv=refresh content="0;url=//evil">',
      '<a href="data:text/html,<script>g()</script>">h</a><!--<script>--><noscript><p title="</noscript><img src=x onerror=i()>">',
    ].join('');
    for (const name of ['page.html', 'page.htm', 'page.md']) {
      const { text } = await converted(name, hostile);
      expect(text).toContain('kept');
      const [, body = ''] = text.split('<body>');
      expect(body).not.toMatch(/<(?:script|iframe|svg|style|form|input|base|meta|math)/i);
      expect(body).not.toMatch(/<[^>]*\bon\w+\s*=/i);
      expect(body).not.toMatch(/(?:href|src)\s*=\s*["']?\s*(?:javascript|data):/i);
    }
  });

  it('whose name is markup, as text', async () => {
    const answer = await converted('a&b ${1}.md', '# x');
    expect(answer.text).toContain('<title>a&amp;b ${1}.md</title>');
  });
});

describe('a conversion is refused', () => {
  it.each([
    ['a.docx', 'html', 406],
    ['a.bin', 'html', 406],
    ['a.md', 'pdf', 406],
    ['a.md', 'constructor', 406],
    ['a.md', 'jpg', 406],
  ])('of %s to %s with %d', async (name, format, status) => {
    expect((await converted(name, 'x', format)).status).toBe(status);
  });

  it('of large files, and of texts that are nested too deeply', async () => {
    expect((await converted('large.md', 'x'.repeat(1024 * 1024 + 1))).status).toBe(406);
    const deep = await converted('deep.md', `${'>'.repeat(50_000)} x`);
    expect([200, 406]).toContain(deep.status);
    expect((await converted('deep.html', '<div>'.repeat(100_000))).status).toBe(406);
  });

  it('not of long texts with many elements', async () => {
    const long = '<p>x<br><img src=y><li>z<script>1</script><b>a</b>'.repeat(2000);
    expect((await converted('long.html', long)).status).toBe(200);
  });
});

describe('an image that cannot be decoded', () => {
  const heic = new TextEncoder().encode('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat');

  it('is HEIC, and says so, with 415', async () => {
    const answer = await converted('photo.heic', heic, 'jpg');
    expect([answer.status, answer.json.error.message]).toEqual([
      415,
      expect.stringContaining('photo.heic is a HEIC'),
    ]);
    const item = '/me/drive/root:/photo.heic:';
    expect((await onedrive.ask('GET', `${item}/thumbnails`)).json.value).toEqual([]);
    for (const path of ['thumbnails/0/large', 'thumbnails/0/large/content']) {
      const thumbnail = await onedrive.ask('GET', `${item}/${path}`);
      expect([thumbnail.status, thumbnail.json.error.code]).toEqual([415, 'notSupported']);
    }
  });

  it('is damaged, and the message names it', async () => {
    const answer = await converted('broken.png', 'no image', 'jpg');
    expect([answer.status, answer.json.error.message]).toEqual([415, expect.stringContaining('broken.png')]);
  });
});
