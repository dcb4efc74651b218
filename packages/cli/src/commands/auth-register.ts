/** `auth register`: the way to an application of one's own, and whether it works. */

import { resolveEndpoints, scopesFor } from 'onedrive-kit/auth';
import { type Profile, profilePath } from 'onedrive-kit/config';
import { OneDriveError } from 'onedrive-kit/errors';
import {
  type Audience,
  adminConsentUrl,
  azureCliScript,
  isApplication,
  letter,
  type PermissionName,
  powerShellScript,
  type RegistrationPlan,
  redirectUri,
  registrationSteps,
} from 'onedrive-kit/internal/auth/registration';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { exitCodes } from '../definition/exit-codes.ts';
import { pendingOf, planSignIn } from '../sign-in/plan.ts';
import { typedLines } from '../sign-in/typed-lines.ts';

const permissionOf: Readonly<Record<string, PermissionName>> = {
  read: 'Files.Read',
  write: 'Files.ReadWrite',
  'app-folder': 'Files.ReadWrite.AppFolder',
  'application-read': 'Files.Read.All',
  'application-write': 'Files.ReadWrite.All',
};

export const command = defineCommand({
  name: 'auth_register',
  group: 'account',
  summary: 'Register an application to sign in with, step by step, and check it',
  description:
    'No application comes with this program. Shows the page, the redirect address and the\npermissions; with --script the same for Azure CLI or PowerShell, with --letter a letter\nfor an IT department. Then reads the new id, checks that it works, and keeps it.',
  options: [
    {
      name: 'accounts',
      value: 'WHOSE',
      choices: ['both', 'personal', 'work'],
      description: 'who is going to sign in [both; in a letter, and for an application: work]',
    },
    {
      name: 'access',
      value: 'WHAT',
      choices: Object.keys(permissionOf),
      default: 'write',
      description: 'the most that it is going to do',
    },
    { name: 'name', value: 'NAME', default: 'onedrive-cli', description: 'what the consent page calls it' },
    { name: 'script', value: 'SHELL', choices: ['az', 'powershell'], description: 'print only a script' },
    { name: 'letter', description: 'print only a letter for an IT department' },
    { name: 'client-id', value: 'ID', description: 'check this id and keep it, ask nothing' },
  ],
  examples: [
    { line: 'auth register', note: 'step by step' },
    { line: 'auth register --script az --accounts work', note: 'for Azure CLI' },
    { line: 'auth register --letter --access read', note: 'when only IT may do it' },
    { line: 'auth register --client-id 11111111-2222-3333-4444-555555555555', note: 'does it work?' },
  ],
  async run(context, _, options) {
    const { profile } = await pendingOf(context);
    const permission = permissionOf[options.access] ?? 'Files.ReadWrite';
    const audience = audienceOf(options.accounts as Audience | undefined, permission, options.letter);
    const plan: RegistrationPlan = { audience, cloud: profile.cloud, permission, name: options.name };
    const print = (text: string): Promise<void> => context.streams.stdout.write(`${text}\n`);
    const id = options['client-id'];
    const only = textOf(plan, profile, { ...options, id });
    if (only !== undefined) {
      await print(only);
      return undefined;
    }
    if (id === undefined) await walkThrough(context, plan, profile);
    const given = id ?? (await typedId(context));
    return given === undefined ? undefined : checked(context, given, plan);
  },
});

/** An application and an IT department belong to one organisation. @throws OneDriveError `usage`. */
function audienceOf(given: Audience | undefined, permission: PermissionName, forLetter: boolean): Audience {
  const forItself = isApplication({ permission });
  if (forItself && given !== undefined && given !== 'work')
    throw new OneDriveError(
      'usage',
      'An application signs in to one organisation: personal accounts have none.',
      {
        hint: 'Leave --accounts out.',
      },
    );
  return given ?? (forItself || forLetter ? 'work' : 'both');
}

/** What is wanted instead of the walk-through. */
function textOf(
  plan: RegistrationPlan,
  profile: Profile,
  {
    script,
    letter: wanted,
    id,
  }: { readonly script: string | undefined; readonly letter: boolean; readonly id: string | undefined },
): string | undefined {
  if (script === 'az') return azureCliScript(plan);
  if (script === 'powershell') return powerShellScript(plan);
  return wanted ? letter(plan, consentUrl(profile, id ?? 'APPLICATION-ID'), id) : undefined;
}

async function walkThrough(context: Context, plan: RegistrationPlan, profile: Profile): Promise<void> {
  const lines = [
    ...registrationSteps(plan).map((step, at) => `${String(at + 1)}. ${step}`),
    '',
    'Or run a script: onedrive-cli auth register --script az (or powershell).',
    'Where only an administrator may consent, send them this address, or the text of --letter:',
    `   ${consentUrl(profile, 'APPLICATION-ID')}`,
    '',
  ];
  await context.streams.stdout.write(`${lines.join('\n')}\n`);
}

function consentUrl({ cloud, tenant, endpoints }: Profile, clientId: string): string {
  return adminConsentUrl(clientId, resolveEndpoints({ cloud, tenant, ...endpoints }));
}

async function typedId(context: Context): Promise<string | undefined> {
  if (!context.streams.stdin.isTTY || context.flags.noInput) return undefined;
  await context.note(
    'Paste the application (client) id here, or press Ctrl-C and come back with --client-id:',
  );
  for await (const line of typedLines(context.streams.stdin)) if (line.trim() !== '') return line.trim();
  return undefined;
}

async function checked(context: Context, clientId: string, plan: RegistrationPlan): Promise<number> {
  const { session, profile } = await planSignIn(context, { clientId });
  const file = await context.configFile();
  const keep = (): Promise<void> =>
    file.change([{ path: [...profilePath(profile.name), 'client', 'id'], value: clientId }]);
  const { checkRegistration } = await import('onedrive-kit/internal/auth/check-registration');
  const { clock, signal } = context;
  const findings = await checkRegistration(session, {
    scopes: scopesFor('read'),
    redirectUri,
    forItself: isApplication(plan),
    clock,
    signal,
  });
  for (const { what, ok, message } of findings)
    await context.note(`${ok ? 'ok' : 'NOT OK'}: ${what}${message && `: ${message}`}`);
  await context.result({ clientId, findings });
  const [first] = findings;
  if (first?.ok !== true) return exitCodes.config;
  await keep();
  await context.note(
    isApplication(plan)
      ? `Kept as client.id in ${file.path}. Set sign_in (app), tenant and client.certificate, then run: onedrive-cli auth`
      : `Kept as client.id in ${file.path}. Now sign in: onedrive-cli auth`,
  );
  return exitCodes.ok;
}
