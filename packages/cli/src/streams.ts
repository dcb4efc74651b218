/** The terminal as a value: `main.ts` binds it to the process, tests capture it. stdout is data, stderr is everything else. */

export interface Output {
  write(text: string | Uint8Array): Promise<void>;
  readonly isTTY: boolean;
  /** Columns, where a terminal says. */
  readonly columns: number | undefined;
}

export interface Input {
  readonly isTTY: boolean;
  /** The bytes, once. */
  bytes(): AsyncIterable<Uint8Array>;
}

export interface Streams {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
}
