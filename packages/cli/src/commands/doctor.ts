/** `doctor`: finds problems with the machine, the network, the sign-in and the drive. */
import type { Profile } from 'onedrive-kit/config';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { attempted, type Finding, finding } from '../doctor/finding.ts';
import { wantsObjects } from '../output/printer.ts';
import { aboutSameAccount } from '../same-account.ts';

export const command = defineCommand({
  name: 'doctor',
  group: 'more',
  summary: 'Check this machine, the network, the sign-in and the drive',
  description:
    'Prints what to do about each problem; exits with 1 if there is one. --bundle writes\nthe findings and all HTTP traffic, without secrets, to FILE: for a bug report, and for\n`serve --replay FILE`. Words after -- are run as a command and recorded too. The bundle\ncontains names of files and people: check it before you send it.',
  arguments: [
    { name: 'command', description: 'a command to record, after --', optional: true, variadic: true },
  ],
  options: [{ name: 'bundle', value: 'FILE', description: 'write a redacted report and HTTP log' }],
  examples: [
    { line: 'doctor', note: 'run all checks' },
    { line: 'doctor --bundle report.json -- ls Documents', note: 'record a failing command' },
  ],
  async run(context, { command: words }, { bundle }) {
    const { writeBundle } = await import('../doctor/bundle.ts');
    const findings =
      bundle === undefined ? await runChecks(context) : await writeBundle(context, bundle, words, runChecks);
    if (wantsObjects(context.flags)) await context.print(findings);
    else for (const finding of findings) await context.streams.stdout.write(lines(finding));
    return findings.some(({ status }) => status === 'fail') ? 1 : 0;
  },
});

function lines({ check, status, found, next }: Finding): string {
  return `${status.padEnd(4)}  ${check}: ${found}\n${next === '' ? '' : `      → ${next}\n`}`;
}

/** All checks; command lines in their advice use the checked account. */
async function runChecks(context: Context): Promise<readonly Finding[]> {
  const findings = await findingsOf(context);
  return findings.map((one) => ({ ...one, next: aboutSameAccount(one.next, context.flags) }));
}

/** The checks of the network run only if the configuration is valid. */
async function findingsOf(context: Context): Promise<readonly Finding[]> {
  const machine = await import('../doctor/machine-checks.ts');
  const first = [
    await machine.runtime(context),
    await attempted('config', () => machine.configuration(context)),
  ];
  const permissions = await attempted('permissions', () => machine.permissions(context));
  const pauses = await machine.pauses(context);
  const chosen = await selectedProfile(context);
  if ('check' in chosen) return [...first, permissions, pauses, chosen];
  const store = await machine.keyStore(context, chosen);
  const { connection } = await import('../doctor/connection-checks.ts');
  const steps = await connection(context, chosen);
  const reachable = steps.every(({ status }) => status !== 'fail');
  const service = reachable ? await examineService(context, chosen) : [skippedService];
  return [...first, permissions, pauses, store, ...steps, ...service];
}

const skippedService = finding('service', 'skip', 'not checked, because the network check failed');

async function selectedProfile(context: Context): Promise<Profile | Finding> {
  let profile: Profile | undefined;
  const found = await attempted('profile', async () => {
    profile = await context.profile();
    return finding('profile', 'ok', profile.name);
  });
  return profile ?? found;
}

async function examineService(context: Context, profile: Profile): Promise<readonly Finding[]> {
  if (profile.api !== 'graph')
    return [finding('service', 'skip', `there are no checks for the ${profile.api} API`)];
  const service = await import('../doctor/service-checks.ts');
  const several = async (
    name: string,
    check: () => Promise<readonly Finding[]>,
  ): Promise<readonly Finding[]> => {
    let all: readonly Finding[] = [];
    const one = await attempted(name, async () => {
      all = await check();
      return finding(name, 'ok', '');
    });
    return all.length > 0 ? all : [one];
  };
  const reached = [
    ...(await several('sign-in service', () => service.signInService(context, profile))),
    await attempted('graph', () => service.graphService(context, profile)),
  ];
  const signedIn = await attempted('token', () => service.token(context, profile));
  if (signedIn.status !== 'ok') return [...reached, signedIn];
  const account = await several('drive', () => service.drive(context, profile));
  return [...reached, signedIn, await service.scopes(profile), ...account];
}
