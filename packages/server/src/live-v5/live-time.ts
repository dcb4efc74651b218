/** Times of Live v5.0: `2012-02-29T06:28:23+0000`, as in the recorded responses of Microsoft's SDKs. */

/** Formats milliseconds since the epoch, in whole seconds. */
export function liveTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+0000`;
}
