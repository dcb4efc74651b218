/** Checks of this machine: the runtime, the configuration and its file permissions, pauses, the keychain. */
import { dirname } from 'node:path';
import { type Profile, sealName, userFolders } from 'onedrive-kit/config';
import { isCredible, pauseOf, type SharedPause } from 'onedrive-kit/internal/http/governor/shared-pauses';
import { pathOf } from '../arguments/local-path.ts';
import type { Context } from '../context.ts';
import { durationText, timeText } from '../output/time-text.ts';
import { type Finding, finding } from './finding.ts';

/** The minimum version of Node, as in package.json. */
const minimumNode = [20, 19];

/** Checks the version of Node. */
export async function runtime({ nodeVersion }: Context): Promise<Finding> {
  if (nodeVersion === undefined) return finding('runtime', 'skip', 'unknown');
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  const [minMajor = 0, minMinor = 0] = minimumNode;
  const isTooOld = major < minMajor || (major === minMajor && minor < minMinor);
  return isTooOld
    ? finding('runtime', 'fail', `Node ${nodeVersion}`, `Install Node ${minimumNode.join('.')} or newer.`)
    : finding('runtime', 'ok', `Node ${nodeVersion}`);
}

/** Checks the configuration file for errors and unknown keys. */
export async function configuration(context: Context): Promise<Finding> {
  const { checkConfig } = await import('onedrive-kit/internal/config/check-config');
  const file = await context.configFile();
  const text = await file.text();
  if (text === undefined)
    return finding(
      'config',
      'warn',
      `${file.path} does not exist`,
      'Run `onedrive-cli auth register`, or use ONEDRIVE_… variables.',
    );
  const findings = checkConfig(file.path, text);
  const first = findings.find(({ level }) => level === 'error') ?? findings[0];
  if (!first) return finding('config', 'ok', file.path);
  const where = `${file.path}:${String(first.line)}: ${first.key} ${first.message}`;
  return finding(
    'config',
    first.level === 'error' ? 'fail' : 'warn',
    where,
    'Run `onedrive-cli config check`, then `onedrive-cli config edit`.',
  );
}

/** Checks that other users can neither read nor replace the configuration file and private keys. */
export async function permissions(context: Context): Promise<Finding> {
  const { path } = await context.configFile();
  if (context.platform === 'win32') return finding('permissions', 'skip', 'not checked on Windows');
  const exposed = await exposedKey(context);
  if (exposed !== undefined)
    return finding('permissions', 'warn', `${exposed}: other users can read it`, `Run: chmod 600 ${exposed}`);
  const link = await context.fs.lstat(path).catch(() => undefined);
  if (!link) return finding('permissions', 'skip', 'no file');
  const real = link.isSymbolicLink() ? await context.fs.realpath(path) : path;
  const { mode } = await context.fs.stat(real);
  const folder = await context.fs.stat(dirname(real));
  const note = link.isSymbolicLink() ? `${path} is a link to ${real}` : path;
  if ((mode & 0o077) !== 0)
    return finding(
      'permissions',
      'warn',
      `${note}: other users can read it (${octal(mode)})`,
      `Run: chmod 600 ${real}`,
    );
  const sticky = (folder.mode & 0o1000) !== 0;
  if ((folder.mode & 0o022) !== 0 && !sticky)
    return finding(
      'permissions',
      'warn',
      `${dirname(real)}: other users can create files there (${octal(folder.mode)})`,
      `Run: chmod 700 ${dirname(real)}`,
    );
  return finding('permissions', 'ok', `${note} (${octal(mode)})`);
}

/** The first private key file of the profile that other users can read. */
async function exposedKey(context: Context): Promise<string | undefined> {
  const profile = await context.profile().catch(() => undefined);
  for (const named of [profile?.client.certificate, profile?.network.clientCert]) {
    if (named === undefined) continue;
    const path = context.localPath(named);
    // A missing file is reported by the check that needs it.
    const stats = await context.fs.stat(path).catch(() => undefined);
    if (stats !== undefined && (stats.mode & 0o044) !== 0) return path;
  }
  return undefined;
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}

/** Checks for pauses requested by the service that are still in effect, for any account of this user. */
export async function pauses(context: Context): Promise<Finding> {
  const folder = pathOf(context).join(userFolders(context).state, 'pauses');
  const now = context.clock.now();
  const names = await context.fs.readdir(folder).catch(() => []);
  const active: { readonly path: string; readonly until: number }[] = [];
  for (const name of names.filter((file) => file.endsWith('.json'))) {
    const path = pathOf(context).join(folder, name);
    const pause = parsedPause(await context.fs.readFile(path, 'utf8').catch(() => ''));
    if (pause !== undefined && isCredible(pause, now) && pause.pausedUntil > now)
      active.push({ path, until: pause.pausedUntil });
  }
  if (active.length === 0) return finding('pauses', 'ok', 'none');
  const texts = active.map(
    ({ path, until }) => `until ${timeText(until, now)} (${durationText(until - now)} left, ${path})`,
  );
  return finding(
    'pauses',
    'warn',
    `the service requested a pause ${texts.join('; ')}`,
    `Wait until then. To send requests earlier, run: rm ${active.map(({ path }) => path).join(' ')}`,
  );
}

function parsedPause(text: string): SharedPause | undefined {
  try {
    return pauseOf(JSON.parse(text));
  } catch {
    return undefined; // invalid: requests ignore it too
  }
}

/** Checks that the keychain works, if it is used. */
export async function keyStore(context: Context, profile: Profile): Promise<Finding> {
  const store = await context.keyStore?.();
  const isNeeded = profile.session.sealed !== undefined || profile.secrets === 'keyring';
  if (!isNeeded && profile.secrets === 'file')
    return finding('keychain', 'skip', 'not used (`secrets: file`)');
  const next = 'Log in to the desktop to unlock it, or run: onedrive-cli config set secrets file';
  if (!store) return finding('keychain', isNeeded ? 'fail' : 'warn', 'not available', isNeeded ? next : '');
  // A locked keychain still answers for names that it does not have, so the name that is needed is looked up.
  const sealed = profile.session.sealed !== undefined;
  const name = sealed ? sealName((await context.configFile()).path, profile.name) : 'onedrive-kit-doctor';
  const answer = await store.get(name).then(
    (secret) => (sealed && secret === undefined ? 'missing' : 'ok'),
    () => 'silent',
  );
  if (answer === 'ok') return finding('keychain', 'ok', store.name);
  if (answer === 'missing')
    return finding(
      'keychain',
      'fail',
      `${store.name} has no key for this sign-in`,
      'Run `onedrive-cli auth`.',
    );
  return finding('keychain', isNeeded ? 'fail' : 'warn', `${store.name} does not answer`, next);
}
