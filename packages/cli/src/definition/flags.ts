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
  /** `-e`: encoding of the command line and of text on stdin. */
  readonly encoding: string;
  readonly json: boolean;
  /** One JSON value a line. */
  readonly ndjson: boolean;
  readonly csv: boolean;
  readonly table: boolean;
  /** `--columns`: comma-separated names and paths of properties. */
  readonly columns: string | undefined;
  /** `--plain`: one entry per line, without bullets. */
  readonly plain: boolean;
  /** `-0`: end each entry with a NUL character. */
  readonly nul: boolean;
  /** `--yes`: answer yes to every confirmation. */
  readonly yes: boolean;
  /** `--no-input`: never prompt; fail instead. */
  readonly noInput: boolean;
  /** `--query`: JMESPath. */
  readonly query: string | undefined;
  readonly profile: string | undefined;
  /** `--drive`: a drive other than that of the profile. */
  readonly drive: string | undefined;
  /** `--api`: overrides the API of the profile. */
  readonly api: 'graph' | 'live-v5' | undefined;
  /** Run against the embedded drive. */
  readonly local: boolean;
  /** `--data`: the folder of the embedded drive. */
  readonly data: string | undefined;
  /** `--read-only`: refuse every change before any request. */
  readonly readOnly: boolean;
  /** `--ca-cert`: PEM file of certificate authorities to trust besides the usual ones. */
  readonly caCert: string | undefined;
  /** `--bwlimit`: the rate as typed; see transfer/bandwidth.ts. */
  readonly bwlimit: string | undefined;
  /** `--timeout`: in seconds, as typed. */
  readonly timeout: string | undefined;
  /** `--verbose`: list every transferred file. */
  readonly verbose: boolean;
  readonly debug: boolean;
  readonly quiet: boolean;
}

/** The definitions of the options in {@link GlobalFlags}, for the help and the parser. */
export const globalOptions: readonly OptionSpec[] = [
  {
    name: 'config',
    short: 'c',
    value: 'FILE',
    description: 'configuration file (default: ~/.lcrc if it exists, else in the XDG config folder)',
  },
  { name: 'profile', value: 'NAME', description: 'profile of the configuration file to use' },
  {
    name: 'drive',
    value: 'DRIVE',
    description: 'drive to use: an id, a URL, site:NAME/LIBRARY, user:ADDRESS or group:ID',
  },
  { name: 'local', description: 'use an embedded drive on this machine: needs no account and no network' },
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
  { name: 'path', short: 'p', description: 'treat objects as paths, even if they look like ids' },
  { name: 'id', short: 'i', description: 'treat objects as ids, even if they look like paths' },
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
  { name: 'plain', short: '1', description: 'print one entry per line, without bullets' },
  { name: 'null', short: '0', description: 'end each entry with a NUL, for xargs -0' },
  {
    name: 'query',
    value: 'EXPR',
    description: 'print the part of the JSON that a JMESPath expression selects',
  },
  {
    name: 'encoding',
    short: 'e',
    value: 'NAME',
    default: 'utf-8',
    description: 'encoding of the command line, stdin text, and local names that are not UTF-8',
  },
  { name: 'yes', short: 'y', description: 'answer yes to every confirmation' },
  { name: 'no-input', description: 'never prompt: fail if an answer is needed' },
  { name: 'read-only', description: 'refuse every change before any request is sent' },
  { name: 'ca-cert', value: 'FILE', description: 'also trust the certificate authorities in this PEM file' },
  {
    name: 'bwlimit',
    value: 'RATE',
    description: 'limit the total rate: 500 (KiB/s), 500B, 1.5M, 2G, UP:DOWN such as 10M:off, or off',
  },
  { name: 'timeout', value: 'SECONDS', description: 'fail after this time without receiving a byte' },
  { name: 'quiet', short: 'q', description: 'print no notes and no progress on stderr, only errors' },
  { name: 'verbose', short: 'v', description: 'list every file of a transfer on stderr when it is done' },
  { name: 'debug', description: 'trace requests on stderr (secrets redacted) and show stack traces' },
  { name: 'version', short: 'V', description: 'print the version' },
  { name: 'help', short: 'h', description: 'print the help of the tool, or of a command' },
];
