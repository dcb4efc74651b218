/**
 * Change notifications over the socket.io channel of a drive: opened at the first wait, renewed before it
 * expires, reopened after an error. If the channel fails, waits only last as long as they would without it.
 * The connection function is a parameter, so this file contains only the timing and no sockets.
 */
import { isOneDriveError, OneDriveError } from '../../errors/index.ts';
import { getChangeChannel } from '../../graph/endpoints/change-channel.ts';
import type { ChangeChannel } from '../../graph/types/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { graphPlace } from '../provider/graph-place.ts';
import type { DriveContext } from '../world.ts';
import { type Bell, bell } from './bell.ts';
import type { ChangeSignal } from './change-signal.ts';

/** Called by an open channel, any number of times, until it is closed. */
export interface ChannelEvents {
  /** The connection is established: earlier notifications may have been missed. */
  readonly stands: () => void;
  /** Something changed. */
  readonly told: () => void;
  /** The connection broke, or could not be established. */
  readonly broke: () => void;
}

/** A connection, or an attempt to connect. */
export interface ChannelConnection {
  /** Closes it; nothing is called afterwards. */
  close(): void;
}

/**
 * Connects to a `notificationUrl`, which is a secret. Resolves as soon as it can be closed, not when it is
 * established.
 */
export type ConnectChannel = (url: URL, events: ChannelEvents) => Promise<ChannelConnection>;

/** A signal with an open channel. */
export interface PushedChanges extends ChangeSignal {
  /** Closes the channel. */
  close(): void;
}

/**
 * Milliseconds before a broken channel is opened again, doubled each time without a notification in between.
 */
const [firstPause, longestPause] = [1_000, 300_000];
/** Minimum milliseconds before a channel is renewed, however wrong this machine's clock is. */
const shortestLife = 60_000;

/**
 * When to renew a channel that was opened at `now`: after nine tenths of its lifetime; never if its expiry is
 * unknown.
 */
export function renewalTime(now: number, { expirationDateTime = '' }: ChangeChannel): number {
  const life = Date.parse(expirationDateTime) - now;
  return Number.isNaN(life) ? Number.POSITIVE_INFINITY : now + Math.max(shortestLife, life * 0.9);
}

/**
 * Opens the channel of the drive of `context`.
 * @param signal aborts the requests for channels; {@link PushedChanges.close} closes the channel.
 * @throws OneDriveError `not-supported` over Live v5.0.
 */
export function pushedChanges(
  context: DriveContext,
  connect: ConnectChannel,
  signal?: AbortSignal,
): PushedChanges {
  const { client, ref } = graphPlace(context, 'change notification channel');
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

/**
 * Keeps one channel open: `keep` opens or renews it when due, without waiting, and returns when it is due
 * next.
 */
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
  /** Calls from an earlier attempt are ignored. */
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

/**
 * @throws OneDriveError `protocol` for an invalid URL, and for an unencrypted connection if the service uses
 * TLS.
 */
function safeUrl(text: unknown, baseUrl: string): URL {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && url.protocol === new URL(baseUrl).protocol))
    return url;
  throw new OneDriveError('protocol', 'The service returned an invalid address for change notifications.', {
    hint: 'Changes are polled at intervals instead.',
  });
}
