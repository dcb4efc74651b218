/** Composes the help texts from the definitions: one for the tool, one for each command. */
import { aliasesOf } from './aliases.ts';
import type { ArgumentSpec, Command, CommandGroup } from './command.ts';
import { exitCodeTable } from './exit-codes.ts';
import { globalOptions } from './flags.ts';
import type { OptionSpec } from './option-spec.ts';
import { displayName } from './registry.ts';

const tool = 'onedrive-cli';

const groups: readonly (readonly [CommandGroup, string])[] = [
  ['account', 'Account'],
  ['browse', 'Browse'],
  ['change', 'Transfer and change'],
  ['more', 'More'],
];

/** `onedrive-cli --help`: one screen of 40 lines and 80 columns. */
export function toolHelp(commands: readonly Command[]): string {
  const seen = new Set(['complete']);
  const rows = groups.map(([group, title]) => {
    const words = commands
      .filter((command) => command.group === group)
      .map(({ name }) => name.split('_')[0] ?? name)
      .filter((word) => !seen.has(word) && seen.add(word));
    return [title, words.join(' ')] as const;
  });
  return [
    `usage: ${tool} [options] command [arguments]\n\nBrowse and manage files in OneDrive and SharePoint.`,
    section('Start here', [
      `  ${tool} --local tree     try it on a local drive, without an account`,
      `  ${tool} auth             sign in to a OneDrive account`,
      `  ${tool} ls Documents     list a folder`,
      `  ${tool} put report.docx  upload a file; put -r uploads a folder`,
      `  ${tool} get -r Pictures  download a folder; get FILE . downloads a file`,
    ]),
    section('Commands', columns(rows)),
    section('Options, before or after the command', columns(globalOptions.filter(isEveryday).map(optionRow))),
    section('More help', [
      `  ${tool} help ls          a command: its options and examples`,
      `  ${tool} help trash       a word with subcommands, such as trash list`,
      `  ${tool} help all         every command and option, exit codes, variables`,
    ]).concat('\n'),
  ].join('\n\n');
}

/** The options in the short help. */
function isEveryday({ name }: OptionSpec): boolean {
  return ['profile', 'local', 'json', 'quiet', 'yes', 'version', 'help'].includes(name);
}

/** `onedrive-cli help trash`: the subcommands of a noun. */
export function nounHelp(noun: string, family: readonly Command[]): string {
  return [
    `usage: ${tool} ${noun} subcommand [arguments]`,
    section('Subcommands', columns(family.map((c) => [usageWords(c), c.summary]))),
    `For the options of a subcommand: ${tool} help ${displayName(family[0]?.name ?? noun)}\n`,
  ].join('\n\n');
}

/** `onedrive-cli help all`. */
export function fullHelp(commands: readonly Command[]): string {
  const listed = groups.map(([group, title]) =>
    section(title, columns(commands.filter((c) => c.group === group).map((c) => [usageWords(c), c.summary]))),
  );
  return [
    `usage: ${tool} [options] command [arguments]\n\nBrowse and manage files in OneDrive and SharePoint.`,
    ...listed,
    section('Options, before or after the command', columns(globalOptions.map(optionRow))),
    section('Exit status', columns(exitCodeTable.map(([status, meaning]) => [String(status), meaning]))),
    section('Environment', columns(environment)),
    'An object is a path from the root of the drive (Documents/report.txt) or an id.\nSubcommands can be written with a space, dash or underscore: trash list, trash-list, trash_list.\n',
  ].join('\n\n');
}

/** The environment variables that the tool reads. */
const environment: readonly (readonly [string, string])[] = [
  ['ONEDRIVE_CONFIG', 'configuration file, like --config'],
  ['ONEDRIVE_PROFILE', 'profile, like --profile'],
  ['ONEDRIVE_DATA', 'folder of the --local drive, like --data'],
  ['ONEDRIVE_TOKEN', 'an access token to use instead of a sign-in'],
  ['ONEDRIVE_AUTHORITY_URL', 'address of the sign-in service, such as that of `serve`'],
  ['ONEDRIVE_GRAPH_URL', 'address of the API, such as that of `serve`: http://127.0.0.1:8080/v1.0'],
  ['ONEDRIVE_…', 'any other setting, such as ONEDRIVE_TENANT or ONEDRIVE_CLIENT_ID; see config show'],
];

/** `onedrive-cli ls --help`. */
export function commandHelp(command: Command): string {
  const own = [
    `usage: ${tool} ${usageWords(command, true)}\n\n${command.summary}.`,
    ...(command.description === undefined ? [] : [command.description]),
    ...alsoCalled(command),
    ...(command.arguments.length === 0
      ? []
      : [section('Arguments', columns(command.arguments.map((a) => [a.name, a.description])))]),
    ...(command.options.length === 0 ? [] : [section('Options', columns(command.options.map(optionRow)))]),
    section(
      'Examples',
      command.examples.flatMap(({ line, note }) => [`  # ${note}`, `  ${tool} ${line}`]),
    ),
    `For global options and the exit status, see: ${tool} --help\n`,
  ];
  return own.join('\n\n');
}

function alsoCalled({ name }: Command): readonly string[] {
  const others = aliasesOf(name);
  return others.length === 0 ? [] : [`Also called: ${others.join(', ')}.`];
}

function usageWords(command: Command, withOptions = false): string {
  const options = withOptions ? command.options.map((option) => `[${flagWords(option)}]`) : [];
  return [displayName(command.name), ...options, ...command.arguments.map(argumentWord)].join(' ');
}

/** An argument in the usage line: `object`, `[folder]`, `object...`. */
function argumentWord(argument: ArgumentSpec): string {
  const word = argument.variadic === true ? `${argument.name}...` : argument.name;
  return argument.optional === true ? `[${word}]` : word;
}

function flagWords(option: OptionSpec): string {
  const flag = option.short === undefined ? `--${option.name}` : `-${option.short}`;
  return option.value === undefined ? flag : `${flag} ${option.value}`;
}

function optionRow(option: OptionSpec): readonly [string, string] {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  const value = option.value === undefined ? '' : ` ${option.value}`;
  const choices = option.choices === undefined ? '' : ` (${option.choices.join(', ')})`;
  const fallback = option.default === undefined ? '' : ` [${option.default}]`;
  return [`${short}--${option.name}${value}`, `${option.description}${choices}${fallback}`];
}

function section(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...lines].join('\n');
}

/** Two columns, the second wrapped at 80 characters; a first word that is too long gets its own line. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(24, Math.max(...rows.map(([word]) => word.length)));
  const pad = ' '.repeat(width + 4);
  return rows.flatMap(([word, text]) => {
    const [first = '', ...rest] = wrap(text, 80 - pad.length);
    const tail = rest.map((line) => pad + line);
    const line = `  ${word.padEnd(width)}  ${first}`.trimEnd();
    return word.length > width ? [`  ${word}`, pad + first, ...tail] : [line, ...tail];
  });
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
