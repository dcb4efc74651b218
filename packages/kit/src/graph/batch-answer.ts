/** The response to one member of a `$batch` request. */

/** One response; the body is JSON, or base64 of other content. */
export interface BatchAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
