/**
 * OneDrive and SharePoint files from TypeScript, in any runtime that has fetch.
 *
 * ```ts
 * import { connect } from 'onedrive-kit';
 *
 * const { drive } = connect({ credential: accessToken });
 * for await (const item of drive.list('Documents')) console.log(item.name, item.size);
 * await drive.upload('hello', 'Documents', { name: 'hello.txt' });
 * ```
 *
 * In Node, use `connect` of `onedrive-kit/node` instead: it is twice as fast and can buffer streams on disk.
 * `onedrive-kit/graph` has one function per endpoint of the API; `onedrive-kit/auth` has the sign-in.
 * @module
 */
import { type Connection, type ConnectOptions, type ConnectTransport, connectOver } from './connect.ts';
import { fetchTransport } from './http/index.ts';

/**
 * Connects to Microsoft Graph over the runtime's own fetch, or another transport. Sends no request before the
 * first call.
 */
export function connect(options: ConnectOptions & Partial<ConnectTransport>): Connection {
  return connectOver({ ...options, transport: options.transport ?? fetchTransport() });
}

export { type StaticCredentialOptions, staticCredential } from './auth/static-credential.ts';
export { type Connection, type ConnectOptions, type ConnectTransport, connectOver } from './connect.ts';
export * from './drive/index.ts';
export * from './errors/index.ts';
export type { GraphClient } from './graph/client.ts';
export type { DriveRef, ItemAnchor, ItemRef } from './graph/item-ref.ts';
export { below, describeItem, itemAt, itemById, myDrive, rootItem } from './graph/item-ref-forms.ts';
export type { Paged } from './graph/page.ts';
export type {
  ConflictBehavior,
  CreateLinkRequest,
  DriveItem,
  FileFacet,
  FileSystemInfo,
  FolderFacet,
  Hashes,
  ItemChange,
  ItemReference,
  Permission,
  Quota,
  SharingLink,
  User,
} from './graph/types/index.ts';
export { type FetchTransportOptions, fetchTransport } from './http/fetch-transport.ts';
export type { PacingLimits } from './http/governor/pacing.ts';
export type { RetryLimits } from './http/governor/retry-policy.ts';
export type { AccessToken, GetTokenOptions, TokenCredential } from './http/token-credential.ts';
export type { TraceEvent } from './http/trace.ts';
export type {
  HeaderMap,
  HttpBody,
  HttpRequest,
  HttpResponse,
  Transport,
  TransportDecorator,
} from './http/transport.ts';
export * from './platform/index.ts';
