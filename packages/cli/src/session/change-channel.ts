/**
 * The socket.io end of the channel of changes: https://learn.microsoft.com/graph/api/subscriptions-socketio. It goes the
 * way that requests go (proxy, authorities, client certificate), and shows nobody the URL, which is a secret.
 */
import type { ConnectChannel } from 'onedrive-kit/drive';
import { nodeAgents } from 'onedrive-kit/internal/http/node/agents';
import type { NodeTransportOptions } from 'onedrive-kit/internal/http/node/options';

/** Connects once, over a websocket; who is told that it broke connects again, with another URL. Loads socket.io. */
export function channelConnector(options: NodeTransportOptions): ConnectChannel {
  return async (url, { stands, told, broke }) => {
    const { io } = await import('socket.io-client');
    const agents = nodeAgents(options);
    const { agent } = await agents.lane(url);
    // The types know the agent of XMLHttpRequest in browsers only; on Node it is that of node:http.
    const ofNode = { agent: agent as unknown as string };
    const socket = io(url.origin + url.pathname, {
      ...ofNode,
      query: Object.fromEntries(url.searchParams),
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    socket.on('connect', stands);
    socket.on('notification', told);
    socket.on('disconnect', broke);
    socket.on('connect_error', broke);
    return {
      close() {
        socket.off();
        socket.disconnect();
        agents.destroy();
      },
    };
  };
}
