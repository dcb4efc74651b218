/** Commands that list a whole drive, against a service that puts items into unknown or circular folders. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandLine, commandLine, type Lie, response } from './command-line.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine({ accounts: [{ drive: { files: { 'real.txt': 'real' } } }] });
});
afterAll(() => cli.close());

const hashes = { quickXorHash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' };
const folder = (id: string, parent: string) => ({
  id,
  name: id,
  folder: {},
  parentReference: { id: parent },
});
const file = (id: string, parent: string, size = 3) => ({
  ...{ id, name: `${id}.txt`, size, file: { hashes }, parentReference: { id: parent } },
});

/** Adds items to the delta of the drive, page by page. */
function deltaWith(...pages: readonly (readonly object[])[]): Lie {
  return (request, next) => {
    const url = new URL(request.url);
    if (!/\/delta(\(\))?$/.test(url.pathname)) return undefined;
    const page = Number(url.searchParams.get('page') ?? 0);
    url.searchParams.set('page', String(page + 1));
    const link =
      page + 1 < pages.length
        ? { '@odata.nextLink': url.href }
        : { '@odata.deltaLink': `${url.origin}${url.pathname}?token=1` };
    if (page > 0) return response(200, { value: pages[page], ...link });
    return next().then(async ({ body }) => {
      const parts: Uint8Array[] = [];
      for await (const part of body) parts.push(part);
      const { value } = JSON.parse(Buffer.concat(parts).toString()) as { value: object[] };
      return response(200, { value: [...value, ...(pages[0] ?? [])], ...link });
    });
  };
}

const circle = [folder('d1', 'd3'), folder('d2', 'd1'), folder('d3', 'd2'), file('x', 'd3')];

const commands = [
  'find',
  'find --json',
  'find --ndjson',
  'tree',
  'tree --json',
  'du',
  'du --json',
  'du --html space.html',
  'dups',
  'dups --json',
  'hashsum /',
  'versions prune --dry-run /',
  'shared ls --audit',
];

describe.each(commands)('%s', (words) => {
  test('reports items in a circle of folders, with three names, and ends with status 14', async () => {
    const { status, err } = await cli.run(words, { lie: deltaWith(circle) });
    expect(err).toContain('4 items');
    expect(err.replaceAll('\\"', '"').match(/"(d\d|x\.txt)"/g)).toHaveLength(3);
    expect(status).toBe(14);
  });

  test('reports items in unknown folders and in folders of theirs', async () => {
    const orphans = [file('y', 'gone'), folder('f', 'unknown'), file('z', 'f')];
    const { status, err } = await cli.run(words, { lie: deltaWith(orphans) });
    expect(err).toContain('3 items');
    expect(status).toBe(14);
  });

  test('reports nothing of items in a folder that was deleted meanwhile', async () => {
    const later = [{ id: 'f', name: 'f', deleted: {}, parentReference: { id: 'r' } }];
    const { status, err } = await cli.run(words, {
      lie: deltaWith([folder('g', 'f'), file('z', 'g')], later),
    });
    expect(err).not.toContain('incomplete');
    expect(status).toBe(0);
  });
});

test('find reports only what its conditions match, and folders', async () => {
  const lie = deltaWith([file('y', 'gone'), file('w', 'gone')]);
  expect(await cli.run('find -n y.*', { lie })).toMatchObject({ status: 14, out: '' });
  expect((await cli.run('find -n y.*', { lie })).err).toContain('1 item ');
  expect(await cli.run('find -n real*', { lie })).toMatchObject({
    status: 0,
    out: expect.stringContaining('/real.txt'),
  });
});

test('with --json the report is a JSON error', async () => {
  const { err } = await cli.run('du --json', { lie: deltaWith([file('y', 'gone')]) });
  expect(JSON.parse(err)).toMatchObject({ error: { code: 'incomplete', exitCode: 14 } });
});

describe('a folder that the service lists inside itself', () => {
  const top = { id: 'TOP', name: 'top', folder: { childCount: 1 }, parentReference: { id: 'r' } };
  const below = { id: 'SUB', name: 'sub', folder: { childCount: 1 }, parentReference: { id: 'TOP' } };
  const lie: Lie = ({ url }) => {
    if (/\/items\/SUB\/children/i.test(url)) return response(200, { value: [top] });
    if (/\/items\/TOP\/children/i.test(url)) return response(200, { value: [below] });
    if (/root:?\/children/.test(url)) return response(200, { value: [top] });
    return /root:\/top(\?|:|$)|\/items\/TOP(\?|$)/i.test(url) ? response(200, top) : undefined;
  };

  test.each(['find -d 9 top', 'tree -d 9 top'])('is entered once by %s, and reported', async (words) => {
    const { status, out, err } = await cli.run(words, { lie });
    expect(out.match(/top/g)?.length).toBeLessThan(4);
    expect(err).toContain('1 item');
    expect(status).toBe(14);
  });

  test('is omitted by get -r', async () => {
    const { status, err } = await cli.run('get -r top out', { lie });
    expect(err).toContain('omitted: sub/top: the service lists this folder inside itself');
    expect(status).toBe(14);
  });
});
