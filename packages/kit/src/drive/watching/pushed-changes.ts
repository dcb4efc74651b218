/**
 * Changes told by the service over the socket.io channel of a drive: opened when somebody first waits, renewed before
 * it expires, reopened after a break. Whatever goes wrong with it only makes waits last as long as they would without.
 * Who connects is handed in, so that this file knows times and no sockets.
 */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import { getChangeChannel } from '../../graph/endpoints/change-channel.ts';
import type { ChangeChannel } from '../../graph/types/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { graphPlace } from '../provider/graph-place.ts';
import type { DriveContext } from '../world.ts';
import { type Bell, bell } from './bell.ts';
import type { ChangeSignal } from './change-signal.ts';

/** What an open channel calls, any number of times, until it is closed. */
export interface ChannelEvents {
  /** The connection stands: what happened before may have been missed. */
  readonly stands: () => void;
  /** Something changed. */
  readonly told: () => void;
  /** The connection broke, or never came about. */
  readonly broke: () => void;
}

/** A connection, or the attempt at one. */
export interface ChannelConnection {
  /** Ends it; nothing is called afterwards. */
  close(): void;
}

/** Connects to a `notificationUrl`, which is a secret. Resolves as soon as it can be closed, not when it stands. */
export type ConnectChannel = (url: URL, events: ChannelEvents) => Promise<ChannelConnection>;

/** A signal with something open behind it. */
export interface PushedChanges extends ChangeSignal {
  /** Ends the channel. */
  close(): void;
}

/** Milliseconds after which a broken channel is tried again, doubled each time that nothing was told in between. */
const [firstPause, longestPause] = [1_000, 300_000];
/** Milliseconds after which a channel is renewed at the earliest, however wrong this machine's clock is. */
const shortestLife = 60_000;

/** When to renew a channel that was opened `now`: after nine tenths of its life; never where its end is not known. */
export function renewalTime(now: number, { expirationDateTime = '' }: ChangeChannel): number {
  const life = Date.parse(expirationDateTime) - now;
  return Number.isNaN(life) ? Number.POSITIVE_INFINITY : now + Math.max(shortestLife, life * 0.9);
}

/**
 * The channel of the drive of `context`.
 * @param signal ends the requests for channels; {@link PushedChanges.close} ends the channel.
 * @throws OneDriveError `not-supported` over Live v5.0.
 */
export function pushedChanges(
  context: DriveContext,
  connect: ConnectChannel,
  signal?: AbortSignal,
): PushedChanges {
  const { client, ref } = graphPlace(context, 'channel of changes');
  const { clock } = context.world;
  const told = bell();
  const channel = keptChannel(clock, told, async (events) => {
    const facts = await getChangeChannel(client, ref, { signal });
    const connection = await connect(safeUrl(facts.notificationUrl, client.baseUrl), events);
    return { connection, renew: renewalTime(clock.now(), facts) };
  });
  return {
    async wait(ms, waiting) {
      const until = clock.now() + ms;
      waiting?.throwIfAborted();
      while (!told.rang()) {
        const pause = Math.max(0, Math.min(until, channel.keep()) - clock.now());
        await told.beside((woken) => clock.sleep(pause, { signal: woken }), waiting);
        if (clock.now() >= until) break;
      }
    },
    close: channel.close,
  };
}

interface OpenedChannel {
  readonly connection: ChannelConnection;
  /** Milliseconds since the epoch. */
  readonly renew: number;
}

/** Keeps one channel open: `keep` opens or renews it when that is due, without waiting, and says when it is due next. */
function keptChannel(clock: Clock, told: Bell, open: (events: ChannelEvents) => Promise<OpenedChannel>) {
  let attempt: object | undefined;
  let connection: ChannelConnection | undefined;
  let due = 0;
  let pause = firstPause;
  const close = (): void => {
    attempt = undefined;
    connection?.close();
    connection = undefined;
  };
  const tryAgainIn = (ms: number): void => {
    close();
    due = clock.now() + ms;
    told.stir();
  };
  /** What an earlier attempt still has to say is of no interest. */
  const during =
    (mine: object, act: () => void): (() => void) =>
    () =>
      attempt === mine ? act() : undefined;
  const eventsOf = (mine: object): ChannelEvents => ({
    stands: during(mine, told.ring),
    told: during(mine, () => {
      pause = firstPause;
      told.ring();
    }),
    broke: during(mine, () => {
      tryAgainIn(pause);
      pause = Math.min(longestPause, pause * 2);
    }),
  });
  const settle = (opened: OpenedChannel): void => {
    connection = opened.connection;
    due = opened.renew;
    told.stir();
  };
  const keep = (): number => {
    if (clock.now() < due) return due;
    close();
    due = Number.POSITIVE_INFINITY;
    const mine = (attempt = {});
    open(eventsOf(mine))
      .then((opened) => (attempt === mine ? settle(opened) : opened.connection.close()))
      .catch(
        (error: unknown) =>
          attempt === mine && (isOneDriveError(error) ? tryAgainIn(longestPause) : told.fail(error)),
      );
    return due;
  };
  return { keep, close };
}

/** @throws OneDriveError `protocol` for what is no URL, and for a plain connection where the service is asked over TLS. */
function safeUrl(text: unknown, baseUrl: string): URL {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && url.protocol === new URL(baseUrl).protocol))
    return url;
  throw new OneDriveError('protocol', 'The service gave no address for the channel of changes.', {
    hint: 'Changes are asked for now and then instead.',
  });
}
