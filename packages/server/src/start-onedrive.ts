/** Starts an embedded OneDrive on a port of this machine with one call, for tests. `reset()` restores the initial state. */

import type { Store } from 'onedrive-kit/platform';
import { memoryStore, systemClock, systemRandom } from 'onedrive-kit/platform';
import { createOneDrive, type EmbeddedOneDrive, type OneDriveOptions } from './create-onedrive.ts';
import { isCloudHost } from './listen/intercept/cloud-hosts.ts';
import { withCloudPaths } from './listen/intercept/cloud-paths.ts';
import { type BrokenResponse, type Listening, type ListenOptions, listen } from './listen/node-server.ts';
import { openAuthority } from './listen/tls/authority.ts';
import type { FaultPlan } from './testing/faults/fault.ts';
import { faultFile } from './testing/faults/fault-file.ts';
import type { LogEntry } from './testing/request-log/request-log.ts';
import type { ReadSeed } from './testing/seed/read-seed.ts';
import type { FolderSeed } from './testing/seed/seed.ts';
import { seedFile } from './testing/seed/seed-file.ts';

/** Host names of a loopback listener. */
const loopbackNames = ['localhost', '127.0.0.1', '::1'] as const;

/** Initial state and address. */
export interface StartOptions extends Omit<OneDriveOptions, 'seed' | 'faults'> {
  /** Content of the first account's drive; or the path of a seed file, or of a folder that is copied into it. */
  readonly seed?: FolderSeed | string;
  /** Faults to inject; or the path of a file with a fault plan. */
  readonly faults?: FaultPlan | string;
  /** Default: 0, a free port. */
  readonly port?: number;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /**
   * Further host names that requests may use. Default: the loopback names and, with another `host`, the name and the
   * addresses of this machine; with `intercept`, those of the service as well. Requests with other names are refused with
   * 421.
   */
  readonly allowHosts?: readonly string[];
  /** Use HTTPS, with a certificate issued by {@link RunningOneDrive.ca}. */
  readonly tls?: boolean;
  /** Also act as an HTTPS proxy, which serves the service's own host names and refuses all others. */
  readonly intercept?: boolean;
  /** Where the certificate authority is stored. Default: in memory, so that each start creates a new one. */
  readonly authority?: Store;
  /** Called with every target that the proxy refused. */
  readonly onRefused?: (target: string) => void;
  /** Called when a response broke off after it had begun, for instance because the disk failed. */
  readonly onBrokenResponse?: BrokenResponse;
  /** How long `close()` waits for responses in progress, in milliseconds. Default: 5000. */
  readonly graceMs?: number;
}

/** An embedded OneDrive on a port. */
export interface RunningOneDrive extends Omit<EmbeddedOneDrive, 'fetch'> {
  /** `http://127.0.0.1:PORT`. Graph is below `/v1.0`, sign-in below `/common/oauth2/v2.0`. */
  readonly url: string;
  readonly port: number;
  /** PEM: the certificate that clients must trust. Undefined without `tls` and `intercept`. */
  readonly ca: string | undefined;
  /** Requests and responses, oldest first; the last thousand. */
  readonly requests: readonly LogEntry[];
  /** Like the global `fetch`, but in this process, without using the port; a path is relative to {@link url}. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
}

/** Starts an embedded OneDrive. @throws the error of `node:net` if the port is not available. */
export async function startOneDrive(options: StartOptions = {}): Promise<RunningOneDrive> {
  const onedrive = await createOneDrive(await resolved(options));
  try {
    const secure = options.tls === true || options.intercept === true;
    const authority = secure ? await authorityOf(options) : undefined;
    const listening = await listen(withCloudPaths(onedrive.handler), {
      ...(await listenerOptions(options, authority)),
      channels: onedrive.world,
    });
    return running(onedrive, listening, authority?.certificate);
  } catch (error) {
    await onedrive.close();
    throw error;
  }
}

/** Reads the files that the options name. Options in code take precedence over those in a seed file. */
async function resolved({ seed, faults, ...rest }: StartOptions): Promise<OneDriveOptions> {
  const fromFile: ReadSeed =
    typeof seed === 'string' ? await seedFile(seed) : { ...(seed && { files: seed }) };
  const { files, ...more } = fromFile;
  const plan = typeof faults === 'string' ? await faultFile(faults) : faults;
  const settings = { ...(rest.intercept === true ? { transferHosts: true } : {}), ...rest.settings };
  return { ...more, ...rest, settings, ...(files && { seed: files }), ...(plan && { faults: plan }) };
}

type ListenerOptions = ListenOptions;
type Authority = Awaited<ReturnType<typeof openAuthority>>;

async function authorityOf(options: StartOptions): Promise<Authority> {
  const { clock = systemClock, random = systemRandom, authority = memoryStore() } = options;
  return openAuthority(authority, { clock, random });
}

async function listenerOptions(
  options: StartOptions,
  authority: Authority | undefined,
): Promise<ListenerOptions> {
  const { port, host, allowHosts, graceMs, onRefused, onBrokenResponse } = options;
  const base: ListenerOptions = {
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(allowHosts === undefined ? {} : { allowHosts }),
    ...(graceMs === undefined ? {} : { graceMs }),
    ...(onBrokenResponse === undefined ? {} : { onBrokenResponse }),
  };
  if (authority === undefined) return base;
  const names = [...new Set([...loopbackNames, ...(host === undefined ? [] : [host])])];
  const tls = options.tls === true ? { tls: await authority.certificateFor(names) } : {};
  if (options.intercept !== true) return { ...base, ...tls };
  const intercept = {
    answersFor: isCloudHost,
    certificateFor: (name: string) => authority.certificateFor([name]),
    ...(onRefused === undefined ? {} : { onRefused }),
  };
  return { ...base, ...tls, intercept };
}

function running(onedrive: EmbeddedOneDrive, listening: Listening, ca: string | undefined): RunningOneDrive {
  const { fetch, ...rest } = onedrive;
  const { url, port } = listening;
  return {
    ...rest,
    url,
    port,
    ca,
    get requests() {
      return onedrive.control.requests.entries();
    },
    async reset() {
      await onedrive.reset();
      onedrive.control.requests.clear();
    },
    fetch: (input, init) => fetch(requestOf(input, init, url)),
    async close() {
      await listening.close();
      await onedrive.close();
    },
  };
}

function requestOf(input: string | URL | Request, init: RequestInit | undefined, url: string): Request {
  return new Request(typeof input === 'string' ? new URL(input, url) : input, init);
}
