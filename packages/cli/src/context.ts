/**
 * What a command is handed: the world, the global flags, and the drive, client, credential and configuration, each
 * made when first asked for. Commands reach nothing else, which is what lets a test run one in memory.
 */
import type { Access, CredentialWorld } from 'onedrive-kit/auth';
import type { Config, ConfigFile, Profile } from 'onedrive-kit/config';
import type { Drive, LiveProviderOptions } from 'onedrive-kit/drive';
import type { DriveRef, GraphClient } from 'onedrive-kit/graph';
import type { TokenCredential, Transport } from 'onedrive-kit/http';
import type { LiveClient } from 'onedrive-kit/live';
import type { GlobalFlags } from './definition/flags.ts';
import type { World } from './world.ts';

export interface Context extends World {
  readonly flags: GlobalFlags;
  /** The command that runs, and the least that it has to be allowed. */
  readonly job: { readonly name: string; readonly access: Access };

  /** The drive of the account (or of `--local`). @throws OneDriveError `auth-required` when no account is configured. */
  drive(): Promise<Drive>;
  /** Another drive that the account can reach. @throws OneDriveError `not-supported` over Live v5.0. */
  driveAt(ref: DriveRef): Promise<Drive>;
  /** A drive that uploads in a way of its own; over Microsoft Graph the same as {@link drive}. */
  uploadDrive(live: LiveProviderOptions): Promise<Drive>;
  /** The Live v5.0 API under {@link drive}; undefined over Microsoft Graph. */
  live(): Promise<LiveClient | undefined>;
  /** The wire under {@link drive}. */
  client(): Promise<GraphClient>;
  /** Who signs requests. */
  credential(): Promise<TokenCredential>;
  /** The configuration file as it is; an empty one where none exists. @throws OneDriveError `config`. */
  config(): Promise<Config>;
  /** The file behind {@link config}: what writes to it. */
  configFile(): Promise<ConfigFile>;
  /** The profile that `--profile`, `ONEDRIVE_PROFILE` or the file chooses. @throws OneDriveError `config`. */
  profile(): Promise<Profile>;
  /** Reaches the network: traces and retries, never signs. For the sign-in service. */
  transport(): Promise<Transport>;
  /** What `profileCredential` and `keepGrant` of auth/ work with, for {@link profile}. */
  signIn(): Promise<CredentialWorld>;

  /** `auto`, or what `--path` / `--id` force. */
  readonly as: 'auto' | 'path' | 'id';
  /** What every call into the drive layer takes: {@link as} and the signal of Ctrl-C. */
  readonly call: { readonly as: 'auto' | 'path' | 'id'; readonly signal: AbortSignal };

  /**
   * Writes a result to stdout: readable by default; `--json`, `--query` and `--object-key` apply.
   * `undefined` prints nothing.
   */
  print(value: unknown): Promise<void>;
  /** Like {@link print} of a list, but writes each entry as it comes where the form allows it. */
  printEach(entries: AsyncIterable<unknown>): Promise<void>;
  /** Like {@link print}, but leaves nothing out: for answers that the user asked to see as they came. */
  printRaw(value: unknown): Promise<void>;
  /** Like {@link print}, for what a change gave back: silent by default, printed under `--json`, `--query`, `--object-key`. */
  result(value: unknown): Promise<void>;
  /** Writes a line for a person to stderr, unless `--quiet`. Control characters are escaped. */
  note(line: string): Promise<void>;
  /** Writes a line to stderr under `--debug` only, redacted. */
  trace(line: string): Promise<void>;
  /** An absolute local path, from what was typed. */
  localPath(typed: string): string;
}
