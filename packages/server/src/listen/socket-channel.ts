/**
 * The socket.io channel of a drive: https://learn.microsoft.com/graph/api/subscriptions-socketio. socket.io is loaded when
 * the first client connects; any namespace is accepted, because some clients take it from the path of the URL.
 */
import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Socket as Channel, Server as SocketServer } from 'socket.io';
import type { World } from '../core/world.ts';
import type { HostRules } from '../guard/host-names.ts';
import { initiatorOf } from '../guard/initiator.ts';
import { isListedOrigin } from '../guard/listed-origins.ts';
import { driveNumber } from '../notifications/change-feed.ts';
import { channels } from '../notifications/subscription-record.ts';
import { arrivalOf, headersOf, judgeHost, urlOf } from './incoming.ts';

/** The dependencies of the channel: records, clock, change events, and the check whether a client may connect. */
export type ChannelWorld = Pick<World, 'storage' | 'clock' | 'feed' | 'settings'>;

const path = '/socket.io/';

/** The channels of a server, on all its listeners. */
export interface Channels {
  /** Handles websocket upgrades below `/socket.io/` on `server`. */
  accept(server: Server): void;
  /** Closes all channels. */
  close(): Promise<void>;
}

/** Creates the channels without a listener of its own; {@link Channels.accept} adds one. */
export function openChannels(world: ChannelWorld, hosts: HostRules): Channels {
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
        if (request.url?.startsWith(path) === true) {
          if (mayConnect(request, world, hosts)) upgrade(request, socket, head);
          else socket.end(forbidden);
        } else if (socket instanceof Socket) answerPlainly(server, request, socket);
        else socket.destroy();
      });
    },
    async close() {
      await (await opened)?.close();
    },
  };
}

const forbidden = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** CORS does not apply to web sockets, so the server checks whether a page may connect. */
function mayConnect(request: IncomingMessage, world: ChannelWorld, hosts: HostRules): boolean {
  const name = judgeHost(request, hosts);
  if (name !== 'machine' && name !== 'service') return false;
  const url = urlOf(request);
  if (url === undefined) return false;
  const facts = { url, headers: headersOf(request), arrival: arrivalOf(request, name, hosts) };
  return initiatorOf(facts, (origin) => isListedOrigin(world, origin)) !== 'foreign';
}

/**
 * Any other upgrade (curl offers HTTP/2 in this way) is declined with an HTTP/1.1 response, and the connection is closed,
 * because `node:http` no longer handles it.
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
  // Upgrades are passed to it individually: this HTTP server never listens.
  io.attach(createServer());
  io.of(/.*/).on('connection', (socket) => serve(socket, world));
  return io;
}

/** Notifies a client of changes until it disconnects or its channel expires. */
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
