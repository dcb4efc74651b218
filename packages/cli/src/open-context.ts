/** Creates the context of one run: everything in it is opened on first use and closed at the end. */
import type { Drive } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import type { TokenCredential, Transport } from 'onedrive-kit/http';
import { absolute } from './arguments/local-path.ts';
import type { Context } from './context.ts';
import { collect } from './definition/collect.ts';
import type { GlobalFlags } from './definition/flags.ts';
import type { ListForm } from './definition/list-form.ts';
import { lazy } from './lazy.ts';
import { eachRendered, writesEach } from './output/print-each.ts';
import { printable } from './output/printable.ts';
import { missingNames, presentable, render, type Screen, wantsObjects } from './output/printer.ts';
import { terminalOf } from './output/styled.ts';
import { aboutSameAccount } from './same-account.ts';
import { chosenApi } from './session/chosen-api.ts';
import type { Session } from './session/session.ts';
import type { World } from './world.ts';

export interface OpenContext {
  readonly context: Context;
  /** Closes what was opened. */
  readonly close: () => Promise<void>;
}

/** Creates a context; opens nothing yet. */
export function openContext(flags: GlobalFlags, world: World, job: Context['job']): OpenContext {
  const opened: Session[] = [];
  const session = lazy(async () => {
    const session = await openSession(context, world);
    opened.push(session);
    return session;
  });
  const as = flags.path ? 'path' : flags.id ? 'id' : 'auto';
  const printer = printing(flags, world, () => listFormOf(context, world));
  const context: Context = {
    ...world,
    flags,
    job,
    as,
    call: { as, signal: world.signal },
    ...accountOf(flags, world, printer.note),
    credential: async (): Promise<TokenCredential> => (await session()).credential,
    client: async () => (await session()).client,
    drive: lazy(async (): Promise<Drive> => {
      if (flags.drive === undefined) return (await session()).drive();
      const { chosenDrive } = await import('./arguments/located-arguments.ts');
      return context.driveAt(await chosenDrive(flags.drive, context));
    }),
    driveAt: async (ref) => {
      const { driveAt } = await session();
      if (driveAt !== undefined) return driveAt(ref);
      throw new OneDriveError(
        'not-supported',
        'The Live v5.0 API can access only the drive of the account.',
        {
          hint: 'Use a profile for the Microsoft Graph API: --profile NAME, or --api graph.',
        },
      );
    },
    uploadDrive: async (live) =>
      flags.drive === undefined ? (await session()).drive(live) : context.drive(),
    live: async () => (await session()).live,
    ...printer,
    localPath: (typed) => absolute(world, typed),
  };
  const close = async (): Promise<void> => {
    for (const session of opened) await session.close();
  };
  return { context, close };
}

/** The embedded drive is opened for `--local` only. */
async function openSession(context: Context, world: World): Promise<Session> {
  if (context.flags.local) {
    if (chosenApi(context.flags, world) === 'live-v5')
      return (await import('./session/live-session.ts')).openLocalLive(context, world);
    return (await import('./session/local-drive.ts')).openLocalSession(context, world);
  }
  const { api } = await context.profile();
  if (api === 'live-v5') return (await import('./session/live-session.ts')).openLiveAccount(context, world);
  return (await import('./session/account-session.ts')).openAccount(context, world);
}

type Account = Pick<Context, 'config' | 'configFile' | 'profile' | 'transport' | 'signIn'>;

function accountOf(flags: GlobalFlags, world: World, note: Context['note']): Account {
  const file = lazy(async () => (await import('./session/account.ts')).openConfigFile(flags, world));
  const config = lazy(async () => {
    const loaded = await (await file()).load();
    for (const line of loaded.warnings) await note(line);
    return loaded;
  });
  const profile = lazy(async () =>
    (await import('./session/account.ts')).chooseProfile(await config(), flags, world),
  );
  const transport = lazy(async (): Promise<Transport> => {
    const { unsigned, wire } = await import('./session/network.ts');
    const { networkOptions, routeHeaders } = await import('./session/network-options.ts');
    const { existingOrNewProfile } = await import('./session/account.ts');
    const profile = existingOrNewProfile(await config(), flags, world);
    const options = await networkOptions(profile.network, world);
    return unsigned(wire(world, options), flags, world, routeHeaders(profile));
  });
  const signIn = lazy(async () => {
    const { credentialWorld } = await import('./session/account.ts');
    const { clientProof } = await import('./sign-in/proof.ts');
    const chosen = await profile();
    const proof = await clientProof(chosen.client, world, await transport());
    return { ...credentialWorld(await file(), chosen, await transport(), world), proof };
  });
  return { config, configFile: file, profile, transport, signIn };
}

/** The text form of lists: that of the command, or `plain` by option, environment or configuration. */
async function listFormOf(context: Context, world: World): Promise<ListForm | undefined> {
  const { flags, job } = context;
  if (job.lists !== undefined || flags.plain) return job.lists ?? 'lines';
  const { configuredOutput } = await import('./session/configured-output.ts');
  return (await configuredOutput(context, world)) === 'plain' ? 'lines' : undefined;
}

function printing(
  flags: GlobalFlags,
  world: World,
  listForm: () => Promise<ListForm | undefined>,
): Pick<Context, 'print' | 'printEach' | 'printRaw' | 'result' | 'note' | 'trace'> {
  const { stdout, stderr } = world.streams;
  const screen = (): Screen => ({ isTTY: stdout.isTTY, terminal: terminalOf(stdout.isTTY, world.env) });
  const note = async (line: string): Promise<void> => {
    if (!flags.quiet) await stderr.write(`${printable(aboutSameAccount(line, flags))}\n`);
  };
  const printRaw = async (value: unknown): Promise<void> => {
    const lists =
      Array.isArray(value) && !wantsObjects({ ...flags, objectKey: undefined })
        ? await listForm()
        : undefined;
    const text = await render(value, flags, { ...screen(), lists });
    if (text !== '') await stdout.write(text);
    const missing = await missingNames(value, flags);
    for (const line of missing) await note(line);
    // On a terminal an empty result is reported; a program gets empty output.
    if (text === '' && missing.length === 0 && stdout.isTTY && isEmpty(value)) await note('No items.');
  };
  const print = (value: unknown): Promise<void> => printRaw(presentable(value));
  const printEach = async (entries: AsyncIterable<unknown>): Promise<void> => {
    if (!writesEach(flags)) return print(await collect(entries));
    for await (const text of eachRendered(entries, flags)) await stdout.write(text);
  };
  return {
    print,
    printEach,
    printRaw,
    result: async (value) => (wantsObjects(flags) ? print(value) : undefined),
    note,
    trace: async (line) => {
      if (flags.debug) await stderr.write(`${printable(line)}\n`);
    },
  };
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
