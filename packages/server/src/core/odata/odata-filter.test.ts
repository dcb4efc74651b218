import { describe, expect, it } from 'vitest';
import { readFilter } from './odata-filter.ts';

const photo = {
  name: 'Beach.JPG',
  size: 100,
  image: {},
  createdDateTime: '2026-01-02T03:04:05Z',
  siteCollection: { root: {} },
  tags: ['Sun', 'sea'],
};

describe('a filter', () => {
  it.each([
    ["name eq 'beach.jpg'", true],
    ["name eq 'it''s'", false],
    ['image ne null and file eq null', true],
    ['image ne null and file ne null', false],
    ['size gt 100 or size ge 100', true],
    ['not (size lt 100)', true],
    ['createdDateTime ge 2026-01-02', true],
    ['createdDateTime lt 2026-01-02T03:04:05.000Z', false],
    ['siteCollection/root ne null', true],
    ["startswith(name,'be') and contains(name,'ach')", true],
    ["endswith(name,'png')", false],
    ["size eq '100'", false],
    ["tags/any(t:t eq 'sea')", true],
    ["tags/any(t: t eq 'snow') or tags/all(t:startswith(t,'s'))", true],
    ["not tags/any(t:t eq 'sea') or size eq 1", false],
    ["name/any(t:t eq 'sea')", false],
    ["(size eq 1 or size eq 100) and name ne 'x'", true],
    ["name in ('a.txt','beach.jpg') and size in (100)", true],
    ["not (name in ('a.txt', 'b.txt'))", true],
    ['size in (1,2)', false],
  ])('%s is %s', (text, wanted) => {
    expect(readFilter(text)(photo)).toBe(wanted);
  });

  it.each([
    'name',
    'name eq',
    'name in',
    "name in 'x'",
    'name in ()',
    "name in ('x' 'y')",
    'eq eq eq eq',
    "name like 'x'",
    '(size eq 1',
    'size eq 1)',
    'contains(name)',
    'tags/any',
    "tags/any(t eq 'sea')",
    "tags/any(t:t eq 'sea'",
    '',
  ])('"%s" is refused', (text) => {
    expect(() => readFilter(text)).toThrow('$filter');
  });
});
