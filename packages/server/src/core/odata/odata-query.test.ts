import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readQueryOptions } from './odata-query.ts';
import { selectProperties } from './select.ts';

const read = (query: string) => readQueryOptions(new URLSearchParams(query));

test('the dollar sign is optional', () => {
  for (const dollar of ['$', '']) {
    expect(
      read(
        `${dollar}select=id,name&${dollar}top=5&${dollar}orderby=name desc&${dollar}skiptoken=x&${dollar}count=true`,
      ),
    ).toEqual({
      select: ['id', 'name'],
      expand: [],
      orderBy: { property: 'name', descending: true },
      top: 5,
      skipToken: 'x',
      count: true,
    });
  }
  expect(read('$skipToken=y').skipToken).toBe('y');
});

test('options can be nested within an expansion, in both notations', () => {
  const [children] = read(
    '$expand=children($select=id,name;$top=2;$expand=children($select=id)),thumbnails',
  ).expand;
  expect(children?.name).toBe('children');
  expect(children?.options.select).toEqual(['id', 'name']);
  expect(children?.options.top).toBe(2);
  expect(children?.options.expand[0]?.options.select).toEqual(['id']);
  expect(read('expand=children(select=id,name)').expand[0]?.options.select).toEqual(['id', 'name']);
});

test.each([
  '$top=0',
  '$top=-1',
  '$top=x',
  '$orderby=a b c',
  '$expand=a(b',
  '$expand=children($filter=name eq 1)',
])('%s is refused', (query) => {
  expect(() => read(query)).toThrow(expect.objectContaining({ status: 400 }) as Error);
});

test('no query fails with another error', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('$select', '$expand', '$top', '$orderby', 'expand'),
      fc.string(),
      (name, value) => {
        try {
          readQueryOptions(new URLSearchParams([[name, value]]));
        } catch (error) {
          expect(error).toMatchObject({ status: 400 });
        }
      },
    ),
  );
});

test('a selection keeps the id, and accepts three names for the download URL', () => {
  const item = { id: '1', name: 'n', size: 3, '@microsoft.graph.downloadUrl': 'u', '@odata.type': 't' };
  expect(selectProperties(item, ['name'])).toEqual({ id: '1', name: 'n', '@odata.type': 't' });
  for (const name of ['content.downloadUrl', '@content.downloadUrl', '@microsoft.graph.downloadUrl'])
    expect(selectProperties(item, [name])).toMatchObject({ '@microsoft.graph.downloadUrl': 'u' });
  expect(selectProperties(item, ['*', 'other'])).toEqual(item);
  expect(selectProperties(item, undefined)).toEqual(item);
});
