/**
 * The socket.io client of the push channel: https://learn.microsoft.com/graph/api/subscriptions-socketio. Uses the network
 * options of requests (proxy, authorities, client certificate), and never prints the URL, which is a secret.
 */
import type { ConnectChannel } from 'onedrive-kit/drive';
import { nodeAgents } from 'onedrive-kit/internal/http/node/agents';
import type { NodeTransportOptions } from 'onedrive-kit/internal/http/node/options';

/** Connects once, over a websocket. After an error the caller connects again, with another URL. Loads socket.io. */
export function channelConnector(options: NodeTransportOptions): ConnectChannel {
  return async (url, { stands, told, broke }) => {
    const { io } = await import('socket.io-client');
    const agents = nodeAgents(options);
    const { agent } = await agents.lane(url);
    // The types describe the agent option of browsers; on Node it is an agent of node:http.
    const nodeOptions = { agent: agent as unknown as string };
    const socket = io(url.origin + url.pathname, {
      ...nodeOptions,
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
