import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { editYaml } from './edit-yaml.ts';
import type { YamlChange } from './yaml-change.ts';
import { parseYaml } from './yaml-source.ts';

const edit = (text: string, ...changes: YamlChange[]): string => editYaml('/c.yaml', text, changes);
const set = (value: YamlChange['value'], ...path: string[]): YamlChange => ({ path, value });

describe('a change to one value', () => {
  it('replaces the value and keeps the comment after it', () => {
    expect(edit('auth:\n  refresh_token: old   # mine\n', set('new-1', 'auth', 'refresh_token'))).toBe(
      'auth:\n  refresh_token: new-1   # mine\n',
    );
  });

  it('adds a key at the end of its section, in the indentation of the section', () => {
    const text = "# top\nauth:\n      code: 'x'  # kept\n\n# about the client\nclient:   {id: '1'}\n";
    expect(edit(text, set('t', 'auth', 'access_token'))).toBe(
      "# top\nauth:\n      code: 'x'  # kept\n      access_token: t\n\n# about the client\nclient:   {id: '1'}\n",
    );
  });

  it('adds a section at the end, also if the last line has no newline', () => {
    expect(edit('client:\n  id: a', set(5.25, 'auth', 'access_expires'))).toBe(
      'client:\n  id: a\nauth:\n  access_expires: 5.25\n',
    );
  });

  it('fills an empty section', () => {
    expect(edit('auth: # later\nclient: {id: a}\n', set('t', 'auth', 'code'))).toBe(
      'auth: # later\n  code: t\nclient: {id: a}\n',
    );
    expect(parse(edit('auth: ~\nclient: {id: a}\n', set('t', 'auth', 'code')))).toEqual({
      auth: { code: 't' },
      client: { id: 'a' },
    });
  });

  it('adds to a section in braces', () => {
    expect(edit('auth: {code: x} # one line\n', set('0123', 'auth', 'access_token'))).toBe(
      "auth: {code: x, access_token: '0123'} # one line\n",
    );
    expect(edit('auth: {}\n', set('t', 'auth', 'code'))).toBe('auth: {code: t}\n');
  });

  it('writes into an empty file, and after comments', () => {
    expect(edit('', set('a', 'client', 'id'))).toBe('client:\n  id: a\n');
    expect(edit('# hello\n', set('a', 'client', 'id'))).toBe('# hello\nclient:\n  id: a\n');
  });

  it('keeps Windows line endings', () => {
    expect(edit('client:\r\n  id: a\r\n', set('b', 'client', 'secret'))).toBe(
      'client:\r\n  id: a\r\n  secret: b\r\n',
    );
  });

  it('removes one line and nothing else', () => {
    expect(edit('auth:\n  code: x # once\n  refresh_token: r\n', set(undefined, 'auth', 'code'))).toBe(
      'auth:\n  refresh_token: r\n',
    );
    expect(edit('auth:\n  code: x\n', set(undefined, 'auth', 'other'))).toBe('auth:\n  code: x\n');
  });

  it('supports values in every style', () => {
    for (const old of [
      '|\n    two\n    lines',
      '>-\n    folded\n    text',
      '"quo\\"ted"',
      "'it''s'",
      '!!str x',
      'a\n    b',
    ]) {
      const text = `a:\n  key: ${old}\n  next: 1 # kept\nlast: true\n`;
      expect(parse(edit(text, set('new', 'a', 'key')))).toEqual({ a: { key: 'new', next: 1 }, last: true });
      expect(edit(text, set('new', 'a', 'key'))).toContain('next: 1 # kept');
    }
  });

  it('refuses to change the target of an alias', () => {
    const text = 'one: &x\n  code: a\ntwo: *x\n';
    expect(() => edit(text, set('b', 'two', 'code'))).toThrow(/c\.yaml:3:6: a section/);
  });
});

describe('for any content of the file', () => {
  const key = fc.constantFrom('client', 'auth', 'request', 'other', 'x-y', 'profiles');
  const inner = fc.constantFrom('id', 'secret', 'code', 'refresh_token', 'access_expires', 'zeta');
  const scalar = fc.constantFrom(
    'abc',
    "'0012'",
    '"a b"',
    '0012',
    '1e5',
    '~',
    'yes',
    '[a, b]',
    '{k: v}',
    '',
    '|\n      t',
  );
  const comment = fc.constantFrom('', '  # note', ' # tab\there');
  const line = fc.record({ key: inner, scalar, comment });
  const section = fc.record({
    key,
    indent: fc.constantFrom('  ', '    ', ' '),
    before: fc.constantFrom('', '\n', '# about it\n'),
    lines: fc.uniqueArray(line, { selector: ({ key: name }) => name, maxLength: 4 }),
  });
  const file = fc
    .tuple(
      fc.uniqueArray(section, { selector: ({ key: name }) => name, maxLength: 5 }),
      fc.constantFrom('\n', '\r\n'),
    )
    .map(([sections, newline]) =>
      sections
        .map(({ key: name, indent, before, lines }) => {
          const rows = lines.map((row) => {
            const block = row.scalar.startsWith('|');
            return `${indent}${row.key}: ${row.scalar}${block ? '' : row.comment}\n`;
          });
          return `${before}${name}:\n${rows.join('')}`;
        })
        .join('')
        .replaceAll('\n', newline),
    );
  const value = fc.oneof(
    fc.constantFrom(
      'plain',
      '0012',
      'null',
      "it's",
      'a: b',
      '# no',
      '*x',
      'line\nline',
      'ü€',
      '',
      ' lead',
      '1e5',
      '@x',
    ),
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );

  it('a changed value can be read back and every other line keeps its bytes', () => {
    fc.assert(
      fc.property(file, key, inner, value, (text, top, name, next) => {
        const after = edit(text, set(next, top, name));
        expect(parseYaml('/c.yaml', after).document.getIn([top, name])).toBe(String(next));
        const kept = after.split(/\r?\n/);
        const block = /\|\r?\n/.test(text);
        const untouched = text.split(/\r?\n/).filter((row) => !row.trim().startsWith(`${name}:`));
        if (!block) expect(kept).toEqual(expect.arrayContaining(untouched.filter((row) => row !== '')));
        expect(edit(after, set(next, top, name))).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  it('a text is a text for YAML 1.1 and 1.2 readers', () => {
    fc.assert(
      fc.property(fc.oneof(value.map(String), fc.stringMatching(/^[0-9]{1,16}$/)), (next) => {
        const after = edit('client:\n  id: x\n', set(next, 'client', 'id'));
        expect(parse(after)).toEqual({ client: { id: next } });
        expect(parse(after, { version: '1.1' })).toEqual({ client: { id: next } });
      }),
    );
  });

  it('a removed key is gone and the rest is unchanged', () => {
    fc.assert(
      fc.property(file, key, inner, (text, top, name) => {
        const after = parseYaml('/c.yaml', edit(text, set(undefined, top, name))).document;
        expect(after.getIn([top, name])).toBeUndefined();
      }),
    );
  });
});
