/** `doctor`: what is wrong, and what to do about it. */
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
    'Prints what to do about each problem; exits with 1 if there is one. With --bundle it\nwrites the findings and all HTTP traffic, without secrets, to FILE: for a bug report,\nand for `serve --replay FILE`. Words after -- are run as a command and recorded too.\nThe bundle contains names of files and people: check it before you send it.',
  arguments: [
    { name: 'command', description: 'a command to record, after --', optional: true, variadic: true },
  ],
  options: [{ name: 'bundle', value: 'FILE', description: 'write a redacted report and HTTP log' }],
  examples: [
    { line: 'doctor', note: 'run all checks' },
    { line: 'doctor --bundle report.json -- ls Documents', note: 'record a failing command' },
  ],
  async run(context, { command: words }, { bundle }) {
    const { bundled } = await import('../doctor/bundle.ts');
    const findings =
      bundle === undefined ? await examine(context) : await bundled(context, bundle, words, examine);
    if (wantsObjects(context.flags)) await context.print(findings);
    else for (const one of findings) await context.streams.stdout.write(lines(one));
    return findings.some(({ status }) => status === 'fail') ? 1 : 0;
  },
});

function lines({ check, status, found, next }: Finding): string {
  return `${status.padEnd(4)}  ${check}: ${found}\n${next === '' ? '' : `      → ${next}\n`}`;
}

/** All checks, with advice that is about the account that was looked at. */
async function examine(context: Context): Promise<readonly Finding[]> {
  const findings = await lookAt(context);
  return findings.map((one) => ({ ...one, next: aboutSameAccount(one.next, context.flags) }));
}

/** Those of the network only where the configuration can be used. */
async function lookAt(context: Context): Promise<readonly Finding[]> {
  const machine = await import('../doctor/machine-checks.ts');
  const first = [
    await machine.runtime(context),
    await attempted('config', () => machine.configuration(context)),
  ];
  const permissions = await attempted('permissions', () => machine.permissions(context));
  const pauses = await machine.pauses(context);
  const chosen = await chosenProfile(context);
  if ('check' in chosen) return [...first, permissions, pauses, chosen];
  const store = await machine.keyStore(context, chosen);
  const { way } = await import('../doctor/way-checks.ts');
  const steps = await way(context, chosen);
  const open = steps.every(({ status }) => status !== 'fail');
  const service = open ? await examineService(context, chosen) : [notAsked];
  return [...first, permissions, pauses, store, ...steps, ...service];
}

const notAsked = finding('service', 'skip', 'not asked: the way there is broken');

async function chosenProfile(context: Context): Promise<Profile | Finding> {
  let profile: Profile | undefined;
  const found = await attempted('profile', async () => {
    profile = await context.profile();
    return finding('profile', 'ok', profile.name);
  });
  return profile ?? found;
}

async function examineService(context: Context, profile: Profile): Promise<readonly Finding[]> {
  if (profile.api !== 'graph') return [finding('service', 'skip', `the API ${profile.api} has no checks`)];
  const service = await import('../doctor/service-checks.ts');
  const several = async (
    check: string,
    look: () => Promise<readonly Finding[]>,
  ): Promise<readonly Finding[]> => {
    let all: readonly Finding[] = [];
    const one = await attempted(check, async () => {
      all = await look();
      return finding(check, 'ok', '');
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
