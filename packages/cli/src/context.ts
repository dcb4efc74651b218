/**
 * Everything that a command can use: the world, the global flags, and the drive, client, credential and configuration,
 * each created on first use. Commands reach nothing else, so a test can run one in memory.
 */
import type { Access, CredentialWorld } from 'onedrive-kit/auth';
import type { Config, ConfigFile, Profile } from 'onedrive-kit/config';
import type { Drive, LiveProviderOptions } from 'onedrive-kit/drive';
import type { DriveRef, GraphClient } from 'onedrive-kit/graph';
import type { TokenCredential, Transport } from 'onedrive-kit/http';
import type { LiveClient } from 'onedrive-kit/live';
import type { GlobalFlags } from './definition/flags.ts';
import type { ListForm } from './definition/list-form.ts';
import type { World } from './world.ts';

export interface Context extends World {
  readonly flags: GlobalFlags;
  /** The running command and the access that it needs. */
  readonly job: { readonly name: string; readonly access: Access; readonly lists?: ListForm | undefined };

  /** The drive of the account (or of `--local`). @throws OneDriveError `auth-required` when no account is configured. */
  drive(): Promise<Drive>;
  /** Another drive that the account can reach. @throws OneDriveError `not-supported` over Live v5.0. */
  driveAt(ref: DriveRef): Promise<Drive>;
  /** The drive with upload options for the Live v5.0 API; over Microsoft Graph the same as {@link drive}. */
  uploadDrive(live: LiveProviderOptions): Promise<Drive>;
  /** The Live v5.0 API under {@link drive}; undefined over Microsoft Graph. */
  live(): Promise<LiveClient | undefined>;
  /** The client that {@link drive} sends its requests with. */
  client(): Promise<GraphClient>;
  /** The credential that signs requests. */
  credential(): Promise<TokenCredential>;
  /** The loaded configuration file; an empty one if the file does not exist. @throws OneDriveError `config`. */
  config(): Promise<Config>;
  /** The file behind {@link config}, for changing it. */
  configFile(): Promise<ConfigFile>;
  /** The profile that `--profile`, `ONEDRIVE_PROFILE` or the file chooses. @throws OneDriveError `config`. */
  profile(): Promise<Profile>;
  /** Sends unsigned requests, traced and retried: for the sign-in service. */
  transport(): Promise<Transport>;
  /** The dependencies of `profileCredential` and `keepGrant`, for {@link profile}. */
  signIn(): Promise<CredentialWorld>;

  /** How to read an object argument: `auto`, or as `--path` or `--id` requests. */
  readonly as: 'auto' | 'path' | 'id';
  /** Options for every call of the drive layer: {@link as}, and the signal that Ctrl-C aborts. */
  readonly call: { readonly as: 'auto' | 'path' | 'id'; readonly signal: AbortSignal };

  /**
   * Writes a result to stdout: as text by default; `--json`, `--query` and `--object-key` apply.
   * `undefined` prints nothing.
   */
  print(value: unknown): Promise<void>;
  /** Like {@link print} of a list, but writes each entry as it arrives if the output format allows it. */
  printEach(entries: AsyncIterable<unknown>): Promise<void>;
  /** Like {@link print}, but complete: for responses that the user wants to see unchanged. */
  printRaw(value: unknown): Promise<void>;
  /** Like {@link print}, for the result of a change: silent by default, printed with `--json`, `--query` or `--object-key`. */
  result(value: unknown): Promise<void>;
  /** Writes a message line to stderr, unless `--quiet`. Control characters are escaped. */
  note(line: string): Promise<void>;
  /** Writes a line to stderr with `--debug` only. Control characters are escaped. */
  trace(line: string): Promise<void>;
  /** The absolute local path for a typed one. */
  localPath(typed: string): string;
}
