/**
 * Every setting of a profile in one table: its key in the file, the environment variable and the option that
 * override it, and its default. `config show --origin`, the help and the layering of settings use it.
 */
import type { Profile } from './types.ts';

export interface SettingSpec {
  /** Dotted, as in the file: `client.id`. */
  readonly key: string;
  /** The environment variable that overrides the file. */
  readonly env?: string;
  /** The global option that overrides both, without dashes. */
  readonly flag?: string;
  /** Never shown, and never an option. */
  readonly secret?: true;
  /** A mapping whose values may be secret: its names are shown, and `config edit` changes it. */
  readonly mapping?: true;
  /** The default value. */
  readonly default?: string;
  /** A description of the default, if it is not a fixed value. */
  readonly fallback?: string;
  /** The key that the older tool used. */
  readonly olderKey?: string;
  /** Reads the value from a profile. */
  readonly read: (profile: Profile) => unknown;
}

/** In the order of the guide. */
export const settingTable: readonly SettingSpec[] = [
  { key: 'client.id', env: 'ONEDRIVE_CLIENT_ID', read: (p) => p.client.id },
  { key: 'client.secret', env: 'ONEDRIVE_CLIENT_SECRET', secret: true, read: (p) => p.client.secret },
  { key: 'client.certificate', env: 'ONEDRIVE_CLIENT_CERTIFICATE', read: (p) => p.client.certificate },
  {
    key: 'client.certificate_password',
    env: 'ONEDRIVE_CLIENT_CERTIFICATE_PASSWORD',
    secret: true,
    read: (p) => p.client.certificatePassword,
  },
  {
    key: 'client.federated_token_file',
    env: 'ONEDRIVE_FEDERATED_TOKEN_FILE',
    read: (p) => p.client.federatedTokenFile,
  },
  { key: 'client.federation', env: 'ONEDRIVE_FEDERATION', read: (p) => p.client.federation },
  {
    key: 'request.base_headers',
    mapping: true,
    read: (p) => namesOf(p.request.baseHeaders),
  },
  { key: 'request.adapter_settings.pool_maxsize', read: (p) => p.request.poolSize },
  { key: 'sign_in', env: 'ONEDRIVE_SIGN_IN', default: 'user', read: (p) => p.signIn },
  { key: 'account', env: 'ONEDRIVE_ACCOUNT', read: (p) => p.account },
  { key: 'tenant', env: 'ONEDRIVE_TENANT', default: 'common', read: (p) => p.tenant },
  { key: 'cloud', env: 'ONEDRIVE_CLOUD', default: 'global', read: (p) => p.cloud },
  { key: 'drive', env: 'ONEDRIVE_DRIVE', fallback: "the account's own", read: (p) => p.drive },
  { key: 'scopes', env: 'ONEDRIVE_SCOPES', read: (p) => p.scopes?.join(' ') },
  {
    key: 'read_only',
    env: 'ONEDRIVE_READ_ONLY',
    flag: 'read-only',
    default: 'false',
    read: (p) => p.readOnly,
  },
  { key: 'api', env: 'ONEDRIVE_API', flag: 'api', default: 'graph', read: (p) => p.api },
  { key: 'output', env: 'ONEDRIVE_OUTPUT', default: 'list', read: (p) => p.output },
  { key: 'secrets', env: 'ONEDRIVE_SECRETS', default: 'auto', read: (p) => p.secrets },
  {
    key: 'endpoints.authority',
    env: 'ONEDRIVE_AUTHORITY_URL',
    fallback: 'that of the cloud',
    read: (p) => p.endpoints.authority,
  },
  {
    key: 'endpoints.graph',
    env: 'ONEDRIVE_GRAPH_URL',
    fallback: 'that of the cloud',
    read: (p) => p.endpoints.graph,
  },
  {
    key: 'endpoints.live',
    env: 'ONEDRIVE_LIVE_URL',
    fallback: "Microsoft's",
    read: (p) => p.endpoints.live,
  },
  {
    key: 'network.proxy',
    env: 'ONEDRIVE_PROXY',
    fallback: 'HTTPS_PROXY, NO_PROXY',
    read: (p) => p.network.proxy,
  },
  { key: 'network.ca_cert', env: 'ONEDRIVE_CA_CERT', flag: 'ca-cert', read: (p) => p.network.caCert },
  { key: 'network.client_cert', env: 'ONEDRIVE_TLS_CERT', read: (p) => p.network.clientCert },
  {
    key: 'network.client_cert_password',
    env: 'ONEDRIVE_TLS_CERT_PASSWORD',
    secret: true,
    read: (p) => p.network.clientCertPassword,
  },
  {
    key: 'network.timeout',
    env: 'ONEDRIVE_TIMEOUT',
    flag: 'timeout',
    fallback: '120, then 60 between bytes',
    olderKey: 'request.extra_keywords.timeout',
    read: (p) => (p.network.timeoutMs === undefined ? undefined : p.network.timeoutMs / 1000),
  },
  { key: 'network.ip', env: 'ONEDRIVE_IP', default: 'auto', read: (p) => p.network.ip },
  { key: 'network.user_agent', env: 'ONEDRIVE_USER_AGENT', read: (p) => p.network.userAgent },
];

function namesOf(headers: Readonly<Record<string, string>>): string | undefined {
  const names = Object.keys(headers);
  return names.length === 0 ? undefined : names.join(', ');
}
