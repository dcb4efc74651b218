import { describe, expect, it } from 'vitest';
import { listText } from './list-text.ts';
import { noTerminal, styled } from './styled.ts';

const pipe = { isTTY: false, terminal: noTerminal };

describe('a list without bullets', () => {
  it('has one escaped line for each entry', () => {
    expect(listText(['a', styled('b\nc', 'folder'), 3], { ...pipe, lists: 'lines' })).toBe('a\nb\\nc\n3\n');
  });

  it('has tabs between the columns of objects in a pipe, and a table on a terminal', () => {
    const rows = [
      { id: '1', name: 'a' },
      { id: '22', name: 'b\tc', size: 5 },
    ];
    expect(listText(rows, { ...pipe, lists: 'rows' })).toBe('1\ta\t\n22\tb\\tc\t5\n');
    expect(listText(rows, { ...pipe, isTTY: true, lists: 'rows' })).toBe(
      'id  name  size\n 1  a\n22  b\\tc     5\n',
    );
  });

  it('is not made of nested objects, nor where bullets are the form', () => {
    expect(listText([{ a: { b: 1 } }], { ...pipe, lists: 'rows' })).toBeUndefined();
    expect(listText([{ a: 1 }], { ...pipe, lists: 'lines' })).toBeUndefined();
    expect(listText(['a'], pipe)).toBeUndefined();
    expect(listText({ a: 1 }, { ...pipe, lists: 'lines' })).toBeUndefined();
  });
});
