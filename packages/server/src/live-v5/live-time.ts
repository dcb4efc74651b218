/** Times of v5.0: `2012-02-29T06:28:23+0000`, as in the recorded answers of Microsoft's SDKs. */

/** Milliseconds since the epoch as text, in whole seconds. */
export function liveTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+0000`;
}
