/** What only Node can do: a fast transport on `node:http(s)`, files, locks between processes, and a server's port. */
export type { NodeTransportOptions } from './http/node-options.ts';
export { type NodeTransport, nodeTransport } from './http/node-transport.ts';
export * from './platform/node/index.ts';
export { type Listening, type ListenOptions, listen } from './server/listen/node-server.ts';
