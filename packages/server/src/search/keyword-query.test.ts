import { expect, it } from 'vitest';
import { wantsNoMetadata, withoutMetadata } from '../core/odata/metadata-level.ts';
import { readKeywordQuery } from './keyword-query.ts';

const report = { name: 'Annual Report.docx', author: 'Megan Bowen', folder: false };

it.each([
  ['report', true],
  ['*', true],
  ['', true],
  ['annual report', true],
  ['"annual report"', true],
  ['"report annual"', false],
  ['filetype:docx', true],
  ['filetype:pdf OR report', true],
  ['report -annual', false],
  ['report NOT annual', false],
  ['report AND NOT draft', true],
  ['author:"megan bowen" filename:ann*', true],
  ['isDocument=false', false],
  ['path:"https://x" report', true],
])('the query %s matches: %s', (query, found) => {
  expect(readKeywordQuery(query)(report)).toBe(found);
});

it('metadata is omitted at any depth, except links and counts', () => {
  expect(wantsNoMetadata('application/json;odata.metadata=none')).toBe(true);
  expect(wantsNoMetadata('application/json;odata.metadata=minimal')).toBe(false);
  const value = [{ '@odata.type': 'x', id: '1', 'children@odata.context': 'y' }];
  expect(withoutMetadata({ '@odata.context': 'z', '@odata.nextLink': 'n', value })).toEqual({
    '@odata.nextLink': 'n',
    value: [{ id: '1' }],
  });
});
