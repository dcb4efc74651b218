/** What every benchmark is handed. */
export interface BenchOptions {
  /** The folder of the package. */
  readonly root: string;
  /** Rounds to run instead of the benchmark's own number. */
  readonly rounds: number | undefined;
  /** Size in MiB or number of items, instead of the benchmark's own. */
  readonly size: number | undefined;
  /** Milliseconds that the server waits before each response. Default: 0. */
  readonly latency: number;
  /** Ask the server over TLS? rclone always does. */
  readonly tls: boolean;
  /** Is this program installed? */
  has(program: 'curl' | 'rclone'): boolean;
}
