/** Runs a command line in a world and returns its exit status. Never throws, never touches the process. */
import { OneDriveError } from 'onedrive-kit/errors';
import { hintFor } from './actions/error-hints.ts';
import type { Context } from './context.ts';
import { checkFormats } from './definition/check-formats.ts';
import type { Command, ParsedArguments, ParsedOptions } from './definition/command.ts';
import { exitCodes } from './definition/exit-codes.ts';
import { commandHelp, fullHelp, nounHelp, toolHelp } from './definition/help.ts';
import { withLongGlobals } from './definition/leading-options.ts';
import { parseCommand, splitCommand } from './definition/parse.ts';
import { allCommands, displayName, familyOf, findCommand, hasSubcommands } from './definition/registry.ts';
import { resolveCommand } from './definition/resolve-command.ts';
import { redecode } from './encoding.ts';
import { type ReportFlags, report } from './errors.ts';
import { openContext } from './open-context.ts';
import { checkOutputFlags } from './output/printer.ts';
import { accountChoiceOf } from './same-account.ts';
import { version } from './version.ts';
import type { World } from './world.ts';

/** Runs `onedrive-cli words…`. @returns the exit status, see exit-codes.ts. */
export async function run(words: readonly string[], world: World): Promise<number> {
  const parsing: Parsing = { flags: looseFlags(words) };
  try {
    return await dispatch(withLongGlobals(await inEncoding(words, world)), world, parsing);
  } catch (thrown) {
    const failure = report(reasonOf(thrown, world), { ...parsing.flags, now: world.clock.now() });
    if (failure.text !== '') await world.streams.stderr.write(failure.text).catch(() => undefined);
    return failure.exitCode;
  }
}

/** The flags parsed so far, for the report of a failure. */
interface Parsing {
  flags: ReportFlags;
}

const reasonOf = (thrown: unknown, { signal }: World): unknown => (signal.aborted ? signal.reason : thrown);

async function dispatch(words: readonly string[], world: World, parsing: Parsing): Promise<number> {
  const { name, rest } = splitCommand(words);
  if (name === undefined) return withoutCommand(rest, world);
  if (name === 'help') return help(rest, world);
  const { command, words: own } = await resolveCommand(name, rest);
  const parsed = parseCommand(command, own);
  parsing.flags = parsed.flags;
  if (parsed.help) return write(world, commandHelp(command));
  if (parsed.version) return write(world, `${version}\n`);
  checkTogether(parsed.flags);
  checkFormats(command, parsed.flags);
  await checkOutputFlags(parsed.flags);
  const access = accessOf(command, parsed.options);
  const { context, close } = openContext(parsed.flags, world, {
    name: command.name,
    access,
    lists: command.lists,
  });
  try {
    await checkConfigFile(context);
    if (access === 'write') await refuseReadOnly(context);
    const call = await located(command, parsed.args, context);
    const status = (await command.run(call.context, call.args, parsed.options)) ?? exitCodes.ok;
    return status === exitCodes.ok ? call.status : status;
  } catch (thrown) {
    parsing.flags = { ...parsed.flags, hint: await hintFor(context, reasonOf(thrown, world)) };
    throw thrown;
  } finally {
    await close();
  }
}

/** Commands that repair, describe or replace a configuration file, or must not report problems with it. */
const readsConfigItself = new Set(['config_check', 'config_edit', 'config_path', 'doctor', 'complete']);

/** A dry run changes nothing: permission to read is enough. */
function accessOf({ access }: Command, options: ParsedOptions): Command['access'] {
  return access === 'write' && options['dry-run'] === true ? 'read' : access;
}

/** Refuses a missing file that was named on the command line. @throws OneDriveError `config`. */
async function checkConfigFile(context: Context): Promise<void> {
  const { flags, job } = context;
  if (flags.config === undefined || readsConfigItself.has(job.name)) return;
  const { exists, path } = await context.config();
  // Without --local a missing file is like an empty one, which `auth` fills.
  if (exists || !flags.local) return;
  throw new OneDriveError('config', `The configuration file ${path} does not exist.`, {
    hint: 'Omit -c (--config): --local needs no configuration file.',
  });
}

/** Resolves URLs and wildcards among the arguments; loads nothing for a command without object arguments. */
async function located(command: Command, args: ParsedArguments, context: Context) {
  if (command.arguments.every((spec) => spec.names === undefined))
    return { context, args, status: exitCodes.ok };
  const { locateArguments } = await import('./arguments/located-arguments.ts');
  const { expandArguments } = await import('./arguments/expanded-arguments.ts');
  const call = await locateArguments(command, args, context);
  return { context: call.context, ...(await expandArguments(command, call.args, call.context)) };
}

/** @throws OneDriveError `access-denied` before any work is done, if the profile or the command line is read-only. */
async function refuseReadOnly(context: Context): Promise<void> {
  const { flags, job } = context;
  const refused = flags.readOnly || (!flags.local && (await context.profile()).readOnly);
  if (!refused) return;
  const { readOnlyRefusal } = await import('onedrive-kit/internal/http/read-only');
  throw readOnlyRefusal(`run ${displayName(job.name)}`);
}

async function withoutCommand(words: readonly string[], world: World): Promise<number> {
  const parsed = parseCommand(undefined, words);
  if (parsed.version) return write(world, `${version}\n`);
  return write(world, toolHelp(await allCommands()));
}

/** Whether a noun is a command of its own: `auth`. */
const isWholeCommand = async (noun: string): Promise<boolean> => (await findCommand(noun))?.name === noun;

/** `help`, `help ls`, `help trash`, `help all`. */
async function help(words: readonly string[], world: World): Promise<number> {
  const { name, rest } = splitCommand(words);
  if (name === undefined) return write(world, toolHelp(await allCommands()));
  const { name: second } = splitCommand(rest);
  if (name === 'all' && second === undefined) return write(world, fullHelp(await allCommands()));
  if (second === undefined && hasSubcommands(name) && !(await isWholeCommand(name))) {
    const family = (await allCommands()).filter((command) => familyOf(name).includes(command.name));
    return write(world, nounHelp(name, family));
  }
  const { command } = await resolveCommand(name, rest);
  return write(world, commandHelp(command));
}

async function write(world: World, text: string): Promise<number> {
  await world.streams.stdout.write(text);
  return exitCodes.ok;
}

function checkTogether(flags: {
  readonly path: boolean;
  readonly id: boolean;
  readonly local: boolean;
  readonly profile: string | undefined;
}): void {
  if (flags.path && flags.id) throw new OneDriveError('usage', '--path and --id cannot be used together.');
  if (flags.local && flags.profile !== undefined) {
    throw new OneDriveError(
      'usage',
      '--local and --profile cannot be used together: the embedded drive needs no account.',
    );
  }
}

/** Decodes the words with `--encoding`, which has to be found before they are parsed. */
async function inEncoding(words: readonly string[], world: World): Promise<readonly string[]> {
  return redecode(words, encodingOf(words) ?? 'utf-8', world);
}

function encodingOf(words: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    if (word === '--') return undefined;
    if (word === '-e' || word === '--encoding') return words[at + 1];
    if (word.startsWith('--encoding=')) return word.slice('--encoding='.length);
    if (/^-e./.test(word)) return word.slice(2);
  }
  return undefined;
}

/** Flags for reporting a failure when the words could not be parsed. */
function looseFlags(words: readonly string[]): ReportFlags {
  const end = words.indexOf('--');
  const options = end === -1 ? words : words.slice(0, end);
  return { json: options.includes('--json'), debug: options.includes('--debug'), ...accountChoiceOf(words) };
}
