/** Everything outside the program that a command may touch, as one value: `main.ts` binds it to the process, tests make their own. */

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
  /** Absolute; relative local paths start here. */
  readonly cwd: string;
  /** Absolute; `~`. */
  readonly home: string;
  /** Absolute; an existing folder for files that are gone when the command ends. */
  readonly temporary: string;
  readonly platform: NodeJS.Platform;
  /** `v20.19.0`, where it is known. */
  readonly nodeVersion?: string | undefined;
  /** Aborts on the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** The bytes of the command line (without node and the script), where the system shows them (Linux). */
  rawArguments(): Promise<readonly Uint8Array[] | undefined>;
  /** Opens a URL in a browser; false when there is none. */
  openBrowser(url: string): Promise<boolean>;
  /** Opens a file in an editor, given as words with spaces between, and waits. @returns its exit status. */
  readonly runEditor?: ((editor: string, path: string) => Promise<number>) | undefined;
  /** The key store of the system, where one can be loaded. */
  readonly keyStore?: (() => Promise<KeyStore | undefined>) | undefined;
  /** Finds the addresses of a name; the system does unless told. */
  readonly lookup?: NodeTransportOptions['lookup'];
  /** Wraps what carries requests, innermost: tests put faults here. */
  readonly wrapTransport?: ((inner: Transport) => Transport) | undefined;
}
