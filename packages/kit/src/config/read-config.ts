/**
 * Converts a parsed file to profiles. The top-level keys are those of the older tool's `~/.lcrc` and form the
 * profile `default`; `profiles` contains further ones. A named profile without a `client` or `request`
 * section inherits that whole section from the top level, since one registered application usually serves
 * several accounts; nothing else is inherited, so no token and no address of one account is used for another.
 */
import { isMap, isScalar } from 'yaml';
import { cloudNames } from '../auth/clouds.ts';
import { origin } from '../auth/endpoints.ts';
import type { SignInSession } from '../auth/session-store.ts';
import { OneDriveError } from '../errors/index.ts';
import {
  expected,
  literal,
  oneOf,
  optionalFlag,
  optionalNumber,
  optionalText,
  optionalTexts,
  optionalWords,
  type Section,
} from './read-nodes.ts';
import { readExpiry, readOlderRequest } from './read-older.ts';
import type {
  ClientSettings,
  Config,
  EndpointOverrides,
  NetworkSettings,
  Profile,
  RequestSettings,
} from './types.ts';
import { asMap, child, type YamlSource } from './yaml-source.ts';

/** The name of the top-level profile. */
export const topProfile = 'default';

/**
 * Reads the whole file, so that any error in it is reported before anything is done.
 * @throws OneDriveError `config` with file, line, column and what was expected.
 */
export function readConfig(source: YamlSource): Omit<Config, 'path' | 'exists' | 'warnings'> {
  const top: Section = {
    source,
    map: asMap(source, source.document.contents ?? undefined, 'the file'),
    name: '',
  };
  const first = readProfile(topProfile, top, top);
  const named = section(top, 'profiles');
  const names = named.map?.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')) ?? [];
  if (names.includes(topProfile))
    throw expected(named, topProfile, 'at the top of the file, not under profiles');
  const others = names.map((name) => readProfile(name, section(named, name), top));
  return { defaultProfile: chosenProfile(top, names), profiles: [first, ...others] };
}

function chosenProfile(top: Section, names: readonly string[]): string {
  const chosen = optionalText(top, 'profile') ?? topProfile;
  if (chosen === topProfile || names.includes(chosen)) return chosen;
  throw expected(top, 'profile', `one of ${[topProfile, ...names].join(', ')}`);
}

/**
 * The profile called `name`, or the file's default profile.
 * @throws OneDriveError `config` with the existing profiles.
 */
export function selectProfile(config: Config, name: string | undefined): Profile {
  const wanted = name ?? config.defaultProfile;
  const profile = config.profiles.find((candidate) => candidate.name === wanted);
  if (profile) return profile;
  throw new OneDriveError('config', `There is no profile "${wanted}" in ${config.path}.`, {
    hint: [
      `Profiles: ${config.profiles.map(({ name: other }) => other).join(', ')}.`,
      { step: 'operation', operation: 'createProfile', to: 'create it', object: wanted },
    ],
  });
}

/** A profile before it is configured; it may inherit the top-level client. */
export function emptyProfile(name: string, config: Config): Profile {
  const top = config.profiles[0];
  return {
    name,
    client: top?.client ?? { id: undefined, secret: undefined },
    session: {},
    account: undefined,
    tenant: undefined,
    cloud: 'global',
    drive: undefined,
    scopes: undefined,
    api: 'graph',
    endpoints: { authority: undefined, graph: undefined },
    request: top?.request ?? { baseHeaders: {} },
    signIn: 'user',
    readOnly: false,
    secrets: undefined,
    output: undefined,
    network: top?.network ?? {},
  };
}

function readProfile(name: string, at: Section, top: Section): Profile {
  const own = (key: string): Section => section(at, key);
  const inherited = (key: string): Section => (own(key).map ? own(key) : section(top, key));
  return {
    name,
    client: readClient(inherited('client')),
    session: readSession(own('auth')),
    account: optionalText(at, 'account'),
    tenant: optionalText(at, 'tenant'),
    cloud: oneOf(at, 'cloud', cloudNames) ?? 'global',
    drive: literal(at, 'drive'),
    scopes: optionalWords(at, 'scopes'),
    api: oneOf(at, 'api', ['graph', 'live-v5'] as const) ?? 'graph',
    endpoints: readEndpoints(own('endpoints')),
    request: readRequest(inherited('request')),
    signIn: oneOf(at, 'sign_in', ['user', 'app'] as const) ?? 'user',
    readOnly: optionalFlag(at, 'read_only') ?? false,
    secrets: chosenStore(at),
    output: oneOf(at, 'output', ['list', 'plain'] as const),
    network: readNetwork(inherited('network'), readRequest(inherited('request'))),
  };
}

function readClient(at: Section): ClientSettings {
  return {
    id: literal(at, 'id')?.trim(),
    secret: literal(at, 'secret'),
    certificate: optionalText(at, 'certificate'),
    certificatePassword: literal(at, 'certificate_password'),
    federatedTokenFile: optionalText(at, 'federated_token_file'),
    federation: oneOf(at, 'federation', ['github'] as const),
  };
}

function chosenStore(at: Section): Profile['secrets'] {
  const chosen = oneOf(at, 'secrets', ['auto', 'keyring', 'file'] as const);
  return chosen === 'auto' ? undefined : chosen;
}

/** Settings of the older tool's HTTP library apply if `network` does not set them. */
function readNetwork(at: Section, { timeoutMs, poolSize }: RequestSettings): NetworkSettings {
  const seconds = optionalNumber(at, 'timeout', 'a number of seconds above 0');
  if (seconds !== undefined && seconds <= 0) throw expected(at, 'timeout', 'a number of seconds above 0');
  const ip = oneOf(at, 'ip', ['auto', '4', '6'] as const);
  return {
    proxy: optionalText(at, 'proxy'),
    caCert: optionalText(at, 'ca_cert'),
    clientCert: optionalText(at, 'client_cert'),
    clientCertPassword: literal(at, 'client_cert_password'),
    timeoutMs: seconds === undefined ? timeoutMs : seconds * 1000,
    maxConnections: poolSize,
    ip: ip === 'auto' ? undefined : ip,
    userAgent: optionalText(at, 'user_agent'),
  };
}

function readSession(at: Section): SignInSession {
  const expires = readExpiry(at);
  return {
    code: optionalText(at, 'code'),
    sealed: optionalText(at, 'sealed'),
    scopes: optionalWords(at, 'granted'),
    account: readAccount(at),
    refreshToken: optionalText(at, 'refresh_token'),
    accessToken: optionalText(at, 'access_token'),
    expiresAt: expires,
  };
}

function readAccount(at: Section): SignInSession['account'] {
  const account = {
    username: optionalText(at, 'username'),
    name: optionalText(at, 'name'),
    tenantId: optionalText(at, 'tenant'),
  };
  return (account.username ?? account.name ?? account.tenantId) === undefined ? undefined : account;
}

function readEndpoints(at: Section): EndpointOverrides {
  const read = (key: string): string | undefined => {
    const address = optionalText(at, key);
    if (address === undefined) return undefined;
    try {
      return origin(address, key);
    } catch {
      throw expected(at, key, 'an https address, or http on 127.0.0.1');
    }
  };
  return { authority: read('authority'), graph: read('graph'), live: read('live') };
}

function readRequest(at: Section): RequestSettings {
  const headers = optionalTexts(section(at, 'base_headers'));
  for (const [name, value] of Object.entries(headers)) {
    const sendable = /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && /^[\t\x20-\x7E\x80-\xFF]*$/.test(value);
    if (!sendable) throw expected(section(at, 'base_headers'), name, 'one HTTP header on one line');
  }
  return {
    baseHeaders: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    ...readOlderRequest(at, section),
  };
}

function section(parent: Section, key: string): Section {
  const name = parent.name ? `${parent.name}.${key}` : key;
  const node = parent.map && isMap(parent.map) ? child(parent.source, parent.map, key) : undefined;
  return { source: parent.source, map: asMap(parent.source, node, name), name };
}
