/** Values of options that cannot be used, for every option of every command as their definitions list them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalOptions } from '../../packages/cli/src/definition/flags.ts';
import { valueKind } from '../../packages/cli/src/definition/option-values.ts';
import { allCommands } from '../../packages/cli/src/definition/registry.ts';
import { type CommandLine, commandLine } from './command-line.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.close());

const commands = await allCommands();

/** Placeholders of values that any text may be, or that only the service or the file system can judge. */
const free = new Set([
  ...[
    'ACCOUNT',
    'ADDRESS',
    'DIR',
    'DRIVE',
    'ENCODING',
    'ETAG',
    'EXPR',
    'FILE',
    'FOLDER',
    'HASH',
    'HOST',
    'ID',
  ],
  ...['JSON', 'KEY', 'NAME', 'NAMES', 'PATTERN', 'RULE', 'TEXT', 'TOKEN', 'TYPE', 'WORDS'],
]);

const everyOption = [
  ...globalOptions.map((spec) => ({ words: ['ls'], title: '', spec })),
  ...commands.flatMap(({ name, arguments: args = [], options = [] }) =>
    options.map((spec) => ({
      words: [...name.split('_'), ...args.map(() => 'x')],
      title: name.replaceAll('_', ' '),
      spec,
    })),
  ),
].map((option) => ({ ...option, title: `${option.title} --${option.spec.name}`.trim() }));

const checked = everyOption.filter(({ spec }) => valueKind(spec) !== undefined);

test('every placeholder has a check, or is one of text', () => {
  const unknown = everyOption
    .filter(({ spec }) => valueKind(spec) === undefined && spec.choices === undefined)
    .flatMap(({ spec: { value } }) => (value === undefined || free.has(value) ? [] : [value]));
  expect(unknown).toEqual([]);
  expect(checked.length).toBeGreaterThan(20);
});

const odd = [
  'abc',
  '-1x',
  '',
  ' ',
  '1e400',
  'NaN',
  'Infinity',
  '0x10',
  '99999999999999999999d',
  '9'.repeat(400),
  '٣',
];

describe.each(checked)('$title', ({ words, spec }) => {
  test.each(odd)('refuses "%s" with status 2, its own name and an example', async (value) => {
    const { status, err } = await cli.run([...words, `--${spec.name}=${value}`]);
    expect(err).toContain(`Invalid --${spec.name} `);
    expect(err).toMatch(/such as/);
    expect(status).toBe(2);
  });
});

test.each([
  ['touch --date 99999999d x', '--date'],
  ['touch --date 2026-02-31 x', '--date'],
  ['touch --date 2026-01-31garbage x', '--date'],
  ['find --size 2M..1M', '--size'],
  ['find --size ..', '--size'],
  ['find --size 1..2..3', '--size'],
  ['--timeout -1 ls', '--timeout'],
  ['--timeout 0 ls', '--timeout'],
  ['watch --interval 99999999999', '--interval'],
  ['head --lines 0 x', '--lines'],
  ['get --limit-rate x a', '--limit-rate'],
  ['serve --port 65536', '--port'],
  ['serve --cors example', '--cors'],
])('%s exits with 2 and names the option', async (words, option) => {
  const { status, err } = await cli.run(words);
  expect(err).toContain(option);
  expect(status).toBe(2);
});
