/** How often the server's faults have put wrong bytes on the wire so far: nothing else may explain a wrong file. */

import type { EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import type { LogEntry } from '../../packages/server/src/testing/request-log/request-log.ts';

/** Counts of faults that struck. */
export interface Damage {
  /** Bytes inverted in contents on their way to the client. */
  readonly received: number;
  /** Bytes inverted in contents on their way to the server. */
  readonly sent: number;
  /** Other responses, with items and their hashes, that were truncated or had a wrong byte. */
  readonly told: number;
}

/** Since the server was started. */
export function damageBy(server: EmbeddedOneDrive): Damage {
  const entries = server.control.requests.entries();
  const count = (kinds: readonly string[], where: (entry: LogEntry) => boolean) =>
    entries.filter(where).flatMap(({ faults }) => faults.filter((kind) => kinds.includes(kind))).length;
  const isContent = ({ url }: LogEntry) => new URL(url).pathname.startsWith('/_content/');
  return {
    received: count(['corrupt'], isContent),
    sent: count(['corrupt-request'], () => true),
    told: count(['corrupt', 'truncate', 'empty-answer'], (entry) => !isContent(entry)),
  };
}
