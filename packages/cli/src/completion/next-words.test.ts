import { expect, test } from 'vitest';
import { defineCommand } from '../definition/command.ts';
import { nextCommand, nextInCommand, splitTyped } from './next-words.ts';

const command = defineCommand({
  name: 'try',
  group: 'browse',
  summary: 'Try',
  arguments: [
    { name: 'file', description: '', names: 'local' },
    { name: 'folder', description: '', names: 'folder' },
    { name: 'object', description: '', names: 'item', variadic: true },
  ],
  options: [
    { name: 'kind', short: 'x', value: 'KIND', choices: ['alpha', 'beta'], description: '' },
    { name: 'html', value: 'FILE', description: '' },
    { name: 'files', description: '' },
  ],
  examples: [],
  run: async () => {},
});

test.each([
  [[''], { kind: 'local' }],
  [['a', 'Do'], { kind: 'remote', typed: 'Do', foldersOnly: true }],
  [['a', 'b', 'c/d'], { kind: 'remote', typed: 'c/d', foldersOnly: false }],
  [['a', 'b', 'c', 'd', ''], { kind: 'remote', typed: '', foldersOnly: false }],
  [['--fil'], { kind: 'words', words: ['--files'] }],
  [['--kind', 'a'], { kind: 'words', words: ['alpha'] }],
  [['-x', ''], { kind: 'words', words: ['alpha', 'beta'] }],
  [['--kind', 'alpha', 'a', ''], { kind: 'remote', typed: '', foldersOnly: true }],
  [['--html', ''], { kind: 'local' }],
  [['--profile', ''], { kind: 'nothing' }],
  [['--', '--x'], { kind: 'local' }],
] as const)('%j', (words, next) => {
  expect(nextInCommand(command, words)).toEqual(next);
});

test('a path is a whole folder and the beginning of a name', () => {
  expect(['a/b/c', '/x', 'x', ''].map(splitTyped)).toEqual([
    { folder: 'a/b/', start: 'c' },
    { folder: '/', start: 'x' },
    { folder: '', start: 'x' },
    { folder: '', start: '' },
  ]);
});

test.each([
  [['v'], { kind: 'words', words: ['versions'] }],
  [['--loc'], { kind: 'words', words: ['--local'] }],
  [['--api', 'l'], { kind: 'words', words: ['live-v5'] }],
  [['--api=g'], { kind: 'words', words: ['--api=graph'] }],
  [['--config', ''], { kind: 'local' }],
  [['--profile', 'v'], { kind: 'nothing' }],
] as const)('before a command: %j', (words, next) => {
  expect(nextCommand(['versions', 'ls'], words)).toEqual(next);
});
