/**
 * The socket.io channel of a drive: https://learn.microsoft.com/graph/api/subscriptions-socketio. socket.io is loaded
 * when the first client connects; a client may use any namespace, as some take it from the path of the URL.
 */
import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Socket as Channel, Server as SocketServer } from 'socket.io';
import { driveNumber } from '../notifications/change-feed.ts';
import { channels } from '../storage/records/subscription-record.ts';
import type { World } from '../world.ts';

/** What the channel needs of the server: the records, the time, and the changes as they happen. */
export type ChannelWorld = Pick<World, 'storage' | 'clock' | 'feed'>;

const path = '/socket.io/';

/** The channels of a world, by whatever listener clients come in. */
export interface Channels {
  /** Answers websocket upgrades below `/socket.io/` on `server`. */
  accept(server: Server): void;
  /** Ends all channels. */
  close(): Promise<void>;
}

/** Opens no socket itself: {@link Channels.accept} says where clients come from. */
export function openChannels(world: ChannelWorld): Channels {
  let opened: Promise<SocketServer> | undefined;
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    opened ??= openSockets(world);
    opened.then(
      (io) => io.engine.handleUpgrade(request, socket, head),
      () => socket.destroy(),
    );
  };
  return {
    accept(server) {
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (request.url?.startsWith(path) === true) upgrade(request, socket, head);
        else if (socket instanceof Socket) answerPlainly(server, request, socket);
        else socket.destroy();
      });
    },
    async close() {
      await (await opened)?.close();
    },
  };
}

/**
 * Any other upgrade (curl offers HTTP/2 so) is declined by answering in HTTP/1.1, once: `node:http` has let go of the
 * connection by then.
 */
function answerPlainly(server: Server, request: IncomingMessage, socket: Socket): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.on('finish', () => socket.end());
  server.emit('request', request, response);
}

async function openSockets(world: ChannelWorld): Promise<SocketServer> {
  const { Server: Sockets } = await import('socket.io');
  const io = new Sockets({
    path,
    serveClient: false,
    transports: ['websocket'],
    pingInterval: 25_000,
    pingTimeout: 60_000,
  });
  // Upgrades are handed over one by one: this HTTP server never listens.
  io.attach(createServer());
  io.of(/.*/).on('connection', (socket) => serve(socket, world));
  return io;
}

/** Tells a client of changes until it goes or its channel ends. */
function serve(socket: Channel, { storage, clock, feed }: ChannelWorld): void {
  const secret = socket.handshake.query['channel'];
  const channel =
    typeof secret === 'string' ? storage.read((records) => channels.get(records, secret)) : undefined;
  const drive = channel === undefined ? undefined : driveNumber(storage, channel.driveId);
  if (channel === undefined || drive === undefined || channel.expires <= clock.now()) {
    socket.disconnect(true);
    return;
  }
  const stop = feed.listen(drive, () => {
    if (channel.expires <= clock.now()) socket.disconnect(true);
    else socket.emit('notification', JSON.stringify(notification(channel)));
  });
  socket.on('disconnect', stop);
}

function notification({
  id,
  driveId,
  expires,
}: {
  readonly id: string;
  readonly driveId: string;
  readonly expires: number;
}) {
  return {
    subscriptionId: id,
    subscriptionExpirationDateTime: new Date(expires).toISOString(),
    changeType: 'updated',
    resource: `drives/${driveId}/root`,
    resourceData: { '@odata.type': '#Microsoft.Graph.DriveItem' },
  };
}
