/**
 * OneDrive and SharePoint files: open a drive, then list, walk, upload, download, move, copy, share. Runs in Node,
 * browsers and workers; what needs Node is in `onedrive-kit/node`.
 */
export { staticCredential } from './auth/static-credential.ts';
export { type ConnectOptions, connect } from './connect.ts';
export * from './drive/index.ts';
export * from './errors/index.ts';
export type { GraphClient } from './graph/client.ts';
export type { DriveRef, ItemAnchor, ItemRef } from './graph/item-ref.ts';
export { itemAt, itemById, myDrive, rootItem } from './graph/item-ref-forms.ts';
export type { DriveItem, Permission, Quota, User } from './graph/types/index.ts';
export { fetchTransport } from './http/fetch-transport.ts';
export type { AccessToken, TokenCredential } from './http/token-credential.ts';
export type { Transport } from './http/transport.ts';
export * from './platform/index.ts';
