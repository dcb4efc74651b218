/** HTTP as functions: the seam, transports for every runtime, what decorates them, and how answers are read. */
export { type AuthorizeOptions, authorize } from './authorize.ts';
export { bytesBody, emptyBody, formBody, jsonBody, streamBody, textBody } from './bodies.ts';
export {
  type HandlerRequest,
  type HandlerResponse,
  handlerTransport,
  type RequestHandler,
} from './handler-transport.ts';
export { type NetworkFault, networkFault } from './network-error.ts';
export type { NodeTransportOptions } from './node-options.ts';
export { type NodeTransport, nodeTransport } from './node-transport.ts';
export { discard, type ReadOptions, readBytes, readJson, readText } from './read.ts';
export type { AccessToken, GetTokenOptions, TokenCredential } from './token-credential.ts';
export {
  compose,
  type HeaderMap,
  type HttpBody,
  type HttpRequest,
  type HttpResponse,
  type Transport,
  type TransportDecorator,
} from './transport.ts';
