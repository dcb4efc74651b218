/** The options that every command takes, before or after its name. */
import type { OptionSpec } from './option-spec.ts';

export interface GlobalFlags {
  /** `-c`: the configuration file. */
  readonly config: string | undefined;
  /** `-p`: arguments are paths. */
  readonly path: boolean;
  /** `-i`: arguments are ids. */
  readonly id: boolean;
  /** `-k`: a key or a template. */
  readonly objectKey: string | undefined;
  /** `-e`: of the command line and of text on stdin. */
  readonly encoding: string;
  readonly json: boolean;
  /** One JSON value a line. */
  readonly ndjson: boolean;
  readonly csv: boolean;
  readonly table: boolean;
  /** `--columns`: names and paths with commas between. */
  readonly columns: string | undefined;
  /** `-0`: entries end in a NUL. */
  readonly nul: boolean;
  /** `--yes`: answer yes to every confirmation. */
  readonly yes: boolean;
  /** `--no-input`: never ask; refuse instead. */
  readonly noInput: boolean;
  /** `--query`: JMESPath. */
  readonly query: string | undefined;
  readonly profile: string | undefined;
  /** `--drive`: another drive than that of the profile. */
  readonly drive: string | undefined;
  /** `--api`: the wire, where it is not that of the profile. */
  readonly api: 'graph' | 'live-v5' | undefined;
  /** Run against the embedded drive. */
  readonly local: boolean;
  /** `--data`: the folder of the embedded drive. */
  readonly data: string | undefined;
  /** `--read-only`: refuse every change before anything is sent. */
  readonly readOnly: boolean;
  /** `--ca-cert`: PEM of authorities to trust besides the usual ones. */
  readonly caCert: string | undefined;
  /** `--bwlimit`: how fast it may go, as typed; see transfer/bandwidth.ts. */
  readonly bwlimit: string | undefined;
  /** `--timeout`: seconds, as typed. */
  readonly timeout: string | undefined;
  readonly debug: boolean;
  readonly quiet: boolean;
}

/** The options of {@link GlobalFlags} as the help and the parser see them. */
export const globalOptions: readonly OptionSpec[] = [
  {
    name: 'config',
    short: 'c',
    value: 'FILE',
    description: 'configuration file (default: ~/.lcrc where it exists, else the XDG config folder)',
  },
  { name: 'profile', value: 'NAME', description: 'profile to use, of those in the configuration' },
  {
    name: 'drive',
    value: 'DRIVE',
    description: 'another drive: its id, a URL, site:name/library, user:address, group:id',
  },
  { name: 'local', description: 'use an embedded drive on this machine: no account, no network' },
  {
    name: 'data',
    value: 'DIR',
    description: 'folder of the --local drive (default: onedrive-kit/local in the XDG data folder)',
  },
  {
    name: 'api',
    value: 'NAME',
    choices: ['graph', 'live-v5'],
    description: 'API to use: Microsoft Graph (default), or the older Live v5.0',
  },
  { name: 'path', short: 'p', description: 'objects are paths, even where they look like ids' },
  { name: 'id', short: 'i', description: 'objects are ids, even where they look like paths' },
  {
    name: 'object-key',
    short: 'k',
    value: 'KEY',
    description: "print only this key of each object, or a template: '{name}: {size}'",
  },
  { name: 'json', description: 'print JSON' },
  { name: 'ndjson', description: 'print one line of JSON for each object' },
  { name: 'csv', description: 'print comma-separated values' },
  { name: 'table', description: 'print a table' },
  {
    name: 'columns',
    value: 'NAMES',
    description: 'columns for --table (default) or --csv, e.g. name,size',
  },
  { name: 'null', short: '0', description: 'end each entry with a NUL, for xargs -0' },
  { name: 'query', value: 'EXPR', description: 'print what a JMESPath expression selects' },
  {
    name: 'encoding',
    short: 'e',
    value: 'NAME',
    default: 'utf-8',
    description: 'encoding of the command line, of text on stdin, and of local names that are not UTF-8',
  },
  { name: 'yes', description: 'answer yes to every confirmation' },
  { name: 'no-input', description: 'never prompt: fail where an answer is needed' },
  { name: 'read-only', description: 'refuse every change before anything is sent' },
  { name: 'ca-cert', value: 'FILE', description: 'trust these certificate authorities too (PEM)' },
  {
    name: 'bwlimit',
    value: 'RATE',
    description: 'limit of all requests together in KiB/s, or 500B, 1.5M, 2G; UP:DOWN as 10M:off; off',
  },
  { name: 'timeout', value: 'SECONDS', description: 'give up after this time without a byte' },
  { name: 'quiet', short: 'q', description: 'no notes and no progress on stderr; errors are still printed' },
  { name: 'debug', description: 'trace requests on stderr (without secrets) and show stack traces' },
  { name: 'version', short: 'V', description: 'print the version' },
  { name: 'help', short: 'h', description: 'explain a command' },
];
