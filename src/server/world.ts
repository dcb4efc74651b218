/** What every route is handed: the records, the bytes, the time, and how this server was configured. */
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

export interface World {
  readonly clock: Clock;
  readonly random: Random;
}
