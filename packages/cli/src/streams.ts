/** The standard streams as a value: `main.ts` binds them to the process, tests capture them. stdout is for data only. */

export interface Output {
  write(text: string | Uint8Array): Promise<void>;
  readonly isTTY: boolean;
  /** The width in columns, if it is a terminal that reports it. */
  readonly columns: number | undefined;
}

export interface Input {
  readonly isTTY: boolean;
  /** The bytes; can be read once. */
  bytes(): AsyncIterable<Uint8Array>;
}

export interface Streams {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
}
