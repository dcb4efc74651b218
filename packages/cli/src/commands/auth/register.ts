/** `auth register`: guides through the registration of an application, and checks it. */

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
import type { Context } from '../../context.ts';
import { defineCommand } from '../../definition/command.ts';
import { exitCodes } from '../../definition/exit-codes.ts';
import { pendingOf, planSignIn } from '../../sign-in/plan.ts';
import { typedLines } from '../../sign-in/typed-lines.ts';

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
  summary: 'Register an application for signing in, step by step, and check it',
  description:
    'This program does not include an application id, so you need your own. Shows the page,\nthe redirect address and the permissions for registering one; --script prints a script\nfor Azure CLI or PowerShell, --letter a letter to your IT department. Then reads the\nnew id, checks it, and stores it.',
  options: [
    {
      name: 'accounts',
      value: 'WHOSE',
      choices: ['both', 'personal', 'work'],
      description: 'accounts that can sign in [both; with --letter or application-…: work]',
    },
    {
      name: 'access',
      value: 'WHAT',
      choices: Object.keys(permissionOf),
      default: 'write',
      description: 'highest access that the application needs',
    },
    { name: 'name', value: 'NAME', default: 'onedrive-cli', description: 'name on the consent page' },
    { name: 'script', value: 'SHELL', choices: ['az', 'powershell'], description: 'print only a script' },
    { name: 'letter', description: 'print only a letter to an IT department' },
    { name: 'client-id', value: 'ID', description: 'check and store this id without prompting' },
  ],
  examples: [
    { line: 'auth register', note: 'show the steps and read the id' },
    { line: 'auth register --script az --accounts work', note: 'print a script for Azure CLI' },
    {
      line: 'auth register --letter --access read',
      note: 'print a letter, if only your IT department can register',
    },
    { line: 'auth register --client-id 11111111-2222-3333-4444-555555555555', note: 'check an id' },
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
    return given === undefined ? undefined : check(context, given, plan);
  },
});

/** Only work accounts for an application's own access and for a letter. @throws OneDriveError `usage`. */
function audienceOf(given: Audience | undefined, permission: PermissionName, forLetter: boolean): Audience {
  const asApplication = isApplication({ permission });
  if (asApplication && given !== undefined && given !== 'work')
    throw new OneDriveError(
      'usage',
      '--access application-… is available to work accounts only, not to personal ones.',
      {
        hint: 'Omit --accounts.',
      },
    );
  return given ?? (asApplication || forLetter ? 'work' : 'both');
}

/** The text of `--script` or `--letter`, which replaces the step-by-step guide. */
function textOf(
  plan: RegistrationPlan,
  profile: Profile,
  {
    script,
    letter: asLetter,
    id,
  }: { readonly script: string | undefined; readonly letter: boolean; readonly id: string | undefined },
): string | undefined {
  if (script === 'az') return azureCliScript(plan);
  if (script === 'powershell') return powerShellScript(plan);
  return asLetter ? letter(plan, consentUrl(profile, id ?? 'APPLICATION-ID'), id) : undefined;
}

async function walkThrough(context: Context, plan: RegistrationPlan, profile: Profile): Promise<void> {
  const lines = [
    ...registrationSteps(plan).map((step, at) => `${String(at + 1)}. ${step}`),
    '',
    'Or run a script: onedrive-cli auth register --script az (or powershell).',
    'If only an administrator can consent, send them this address, or the text of --letter:',
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
    'Paste the application (client) id here, or press Ctrl-C and later run: onedrive-cli auth register --client-id ID',
  );
  for await (const line of typedLines(context.streams.stdin)) if (line.trim() !== '') return line.trim();
  return undefined;
}

async function check(context: Context, clientId: string, plan: RegistrationPlan): Promise<number> {
  const { session, profile } = await planSignIn(context, { clientId });
  const file = await context.configFile();
  const store = (): Promise<void> =>
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
  await store();
  await context.note(
    isApplication(plan)
      ? `Stored as client.id in ${file.path}. Set sign_in (app), tenant and client.certificate, then run: onedrive-cli auth`
      : `Stored as client.id in ${file.path}. Now sign in: onedrive-cli auth`,
  );
  return exitCodes.ok;
}
