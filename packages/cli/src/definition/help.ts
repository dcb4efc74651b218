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

/** `onedrive-cli --help`. */
export function toolHelp(commands: readonly Command[]): string {
  const listed = groups.map(([group, title]) =>
    section(title, columns(commands.filter((c) => c.group === group).map((c) => [usageWords(c), c.summary]))),
  );
  return [
    `usage: ${tool} [options] command [arguments]\n\nBrowse and manage files in OneDrive and SharePoint.`,
    ...listed,
    section('Options, before or after the command', columns(globalOptions.map(optionRow))),
    section('Start here', [
      `  ${tool} --local tree           try it on a drive on this machine, without an account`,
      `  ${tool} auth                   sign in to a OneDrive account`,
      `  ${tool} help ls                print the help of a command (or: ${tool} ls --help)`,
    ]),
    section('Exit status', columns(exitCodeTable.map(([status, meaning]) => [String(status), meaning]))),
    section('Environment', columns(environment)),
    'An object is a path from the root of the drive (Documents/report.txt) or an id.\nCommand names may be written with dashes: auth-refresh is auth_refresh.\n',
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
