/** Generates the reference as Markdown and as manual pages, from the same definitions as the help. Pure. */
import { aliasesOf } from './aliases.ts';
import type { ArgumentSpec, Command } from './command.ts';
import { exitCodeTable } from './exit-codes.ts';
import { globalOptions } from './flags.ts';
import { commandHelp } from './help.ts';
import { globalOptionsBeside } from './leading-options.ts';
import type { OptionSpec } from './option-spec.ts';
import { displayName } from './registry.ts';
import { letterExceptions, letterTable } from './short-options.ts';

const tool = 'onedrive-cli';

/** The page of a command in Markdown. */
export function commandPage(command: Command): string {
  const { name, summary, description, arguments: args, options, examples } = command;
  const others = aliasesOf(name);
  return [
    `# ${tool} ${displayName(name)}`,
    `${summary}.`,
    ...(description === undefined ? [] : [description]),
    ...(others.length === 0 ? [] : [`Also called: ${others.join(', ')}.`]),
    fence('', usageLine(command)),
    ...(args.length === 0 ? [] : ['## Arguments', table(['argument', 'description'], args.map(argumentRow))]),
    ...(options.length === 0 ? [] : ['## Options', table(['option', 'description'], options.map(optionRow))]),
    '## Examples',
    fence('sh', examples.map(({ line, note }) => `# ${note}\n${tool} ${line}`).join('\n')),
    'Global options and the exit status: [onedrive-cli](README.md).',
  ]
    .join('\n\n')
    .concat('\n');
}

/** The page of the tool: all commands, the global options, the exit status. */
export function toolPage(commands: readonly Command[]): string {
  const row = (command: Command) =>
    [`[${displayName(command.name)}](${command.name}.md)`, command.summary] as const;
  return [
    `# ${tool}`,
    'Generated from the command definitions.',
    '## Commands',
    table(['command', 'description'], commands.map(row)),
    '## Global options',
    table(['option', 'description'], globalOptions.map(optionRow)),
    '## Letters',
    'A letter means the same in every command:',
    table(
      ['letter', 'option'],
      letterTable().map(([letter, name]) => [`\`-${letter}\``, `\`--${name}\``]),
    ),
    'Exceptions are the letters of python-onedrive and of the shell:',
    table(
      ['command', 'letter', 'option'],
      letterExceptions(commands).map(({ command, letter, name }) => [
        displayName(command),
        `\`-${letter}\``,
        `\`--${name}\``,
      ]),
    ),
    '## Exit status',
    table(
      ['status', 'meaning'],
      exitCodeTable.map(([status, meaning]) => [String(status), meaning]),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The manual page of a command, section 1. The macros are described in man(7). */
export function manualPage(command: Command): string {
  const { name, summary, description, arguments: args, options, examples } = command;
  const title = `${tool}-${name.replaceAll('_', '-')}`;
  const entries = (pairs: readonly (readonly [string, string])[]): string[] =>
    pairs.flatMap(([word, text]) => ['.TP', `\\fB${roff(word)}\\fR`, roff(text)]);
  return [
    `.TH ${title.toUpperCase()} 1`,
    '.SH NAME',
    `${roff(title)} \\- ${roff(summary.slice(0, 1).toLowerCase() + summary.slice(1))}`,
    '.SH SYNOPSIS',
    roff(usageLine(command)),
    '.SH DESCRIPTION',
    roff(description ?? `${summary}.`),
    ...(args.length === 0
      ? []
      : ['.SH ARGUMENTS', ...entries(args.map(({ name: word, description: text }) => [word, text]))]),
    '.SH OPTIONS',
    ...entries(
      [...options, ...globalOptionsBeside(options)].map((option) => [
        optionWords(option),
        optionText(option),
      ]),
    ),
    '.SH EXAMPLES',
    ...examples.flatMap(({ line, note }) => [
      '.PP',
      `${roff(note)}:`,
      '.PP',
      '.RS',
      roff(`${tool} ${line}`),
      '.RE',
    ]),
    '.SH EXIT STATUS',
    ...entries(exitCodeTable.map(([status, meaning]) => [String(status), meaning])),
  ]
    .join('\n')
    .concat('\n');
}

function usageLine(command: Command): string {
  return (commandHelp(command).split('\n')[0] ?? '').replace('usage: ', '');
}

function argumentRow({ name, description, optional, variadic }: ArgumentSpec): readonly [string, string] {
  const notes = [optional === true ? 'optional' : '', variadic === true ? 'repeatable' : ''].filter(
    (note) => note !== '',
  );
  return [`\`${name}\``, notes.length === 0 ? description : `${description} (${notes.join(', ')})`];
}

function optionWords({ name, short, value }: OptionSpec): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}

function optionText({ description, choices, default: fallback }: OptionSpec): string {
  const choiceList = choices === undefined ? '' : ` (${choices.join(', ')})`;
  return `${description}${choiceList}${fallback === undefined ? '' : ` [${fallback}]`}`;
}

function optionRow(option: OptionSpec): readonly [string, string] {
  return [`\`${optionWords(option)}\``, optionText(option)];
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(heading), `|${heading.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** Escapes text for roff: backslashes, hyphens, and control characters at the start of a line. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
}
