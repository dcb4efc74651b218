import fc from 'fast-check';
import { expect, test } from 'vitest';
import { human } from './human.ts';
import { printable } from './printable.ts';
import { humanSize } from './size.ts';

test('a list of names is one "- name" line each', () => {
  expect(human(['Documents', 'Pics'])).toBe('- Documents\n- Pics\n');
});

test('a mapping is sorted by key, nested mappings go four spaces in', () => {
  expect(human({ OneDrive: { Pics: { 'b.jpg': 'photo', 'a.jpg': 'photo' }, Empty: {} } })).toBe(
    'OneDrive:\n    Empty:\n    Pics:\n        a.jpg: photo\n        b.jpg: photo\n',
  );
});

test('objects in a list start at the dash and go on below it', () => {
  expect(human([{ name: 'a', size: 1, file: { mimeType: 'x' } }])).toBe(
    '- file:\n      mimeType: x\n  name: a\n  size: 1\n',
  );
});

test('nothing, an empty list and an empty mapping print nothing', () => {
  expect([undefined, [], {}].map((value) => human(value))).toEqual(['', '', '']);
});

test('booleans, numbers and null are written as JSON writes them', () => {
  expect(human({ a: true, b: 1.5, c: null })).toBe('a: true\nb: 1.5\nc: null\n');
});

test('an escape sequence, a newline and a bidirectional override in a name are shown, not obeyed', () => {
  expect(human(['\u001b[31mred', 'a\nb', 'x\u202egpj.exe', '\u009b2J', 'ok é 日本 😀'])).toBe(
    '- \\e[31mred\n- a\\nb\n- x\\u{202e}gpj.exe\n- \\x9b2J\n- ok é 日本 😀\n',
  );
});

test('whatever a name holds, it stays on one line and holds no control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(printable(name)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u);
      expect(human([name]).split('\n')).toHaveLength(2);
    }),
  );
});

test('sizes are rounded down, so that a drive with one small file in it is not said to be empty', () => {
  const gibibyte = 2 ** 30;
  expect(humanSize(25 * gibibyte)).toBe('25.0G');
  expect(humanSize(25 * gibibyte - 1)).toBe('24.9G');
  expect([0, 1, 1023, 1024, 1536, 2 ** 40].map(humanSize)).toEqual([
    '0.0B',
    '1.0B',
    '1023.0B',
    '1.0K',
    '1.5K',
    '1.0T',
  ]);
});
