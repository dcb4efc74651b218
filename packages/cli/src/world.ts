/** Everything outside the program that a command can use, as one value: `main.ts` binds it to the process, tests to fakes. */

import type { Transport } from 'onedrive-kit/http';
import type { NodeTransportOptions } from 'onedrive-kit/internal/http/node/options';
import type { KeyStore } from 'onedrive-kit/internal/platform/key-store';
import type { Clock, FileSystem, Random } from 'onedrive-kit/platform';
import type { Streams } from './streams.ts';

export interface World {
  readonly streams: Streams;
  readonly clock: Clock;
  readonly random: Random;
  readonly fs: FileSystem;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working folder, absolute: relative local paths start here. */
  readonly cwd: string;
  /** The home folder `~`, absolute. */
  readonly home: string;
  /** An existing folder for temporary files, absolute. */
  readonly temporary: string;
  readonly platform: NodeJS.Platform;
  /** Such as `v20.19.0`, if known. */
  readonly nodeVersion?: string | undefined;
  /** Aborts on the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** The bytes of the command line (without node and the script), if the system provides them (Linux). */
  rawArguments(): Promise<readonly Uint8Array[] | undefined>;
  /** Opens a URL in a browser; false if there is none. */
  openBrowser(url: string): Promise<boolean>;
  /** Opens a file in an editor (a command line, split at spaces) and waits. @returns its exit status. */
  readonly runEditor?: ((editor: string, path: string) => Promise<number>) | undefined;
  /** The keychain of the system, if one can be loaded. */
  readonly keyStore?: (() => Promise<KeyStore | undefined>) | undefined;
  /** Resolves a host name. Default: the system's resolver. */
  readonly lookup?: NodeTransportOptions['lookup'];
  /** Decorates the innermost transport: tests inject faults here. */
  readonly wrapTransport?: ((inner: Transport) => Transport) | undefined;
}
