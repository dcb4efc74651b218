/**
 * Microsoft Graph's drive API, one function per endpoint, with no added behavior: each sends one request (a
 * list: one per page) and returns the response as Microsoft documents it. All take a {@link GraphClient}
 * first and options last.
 */
export type { GraphClient } from './client.ts';
export * from './endpoints/batch.ts';
export * from './endpoints/change-channel.ts';
export * from './endpoints/content.ts';
export * from './endpoints/copy.ts';
export * from './endpoints/deletion.ts';
export * from './endpoints/drives.ts';
export * from './endpoints/invite.ts';
export {
  addShortcut,
  type CreateFolderOptions,
  createFolder,
  deleteItem,
  getItem,
  type ItemOptions,
  type ListOptions,
  listChildren,
  type ShortcutRequest,
  type UpdateOptions,
  updateItem,
} from './endpoints/items.ts';
export * from './endpoints/metadata.ts';
export * from './endpoints/permissions.ts';
export * from './endpoints/recycle-bin.ts';
export * from './endpoints/shares.ts';
export * from './endpoints/sites.ts';
export * from './endpoints/upload-sessions.ts';
export * from './endpoints/versions.ts';
export * from './endpoints/views.ts';
export type { DriveRef, ItemAnchor, ItemRef } from './item-ref.ts';
export * from './item-ref-forms.ts';
export type { Paged } from './page.ts';
export { drivePath, encodeFunctionArgument, encodeSegment, itemPath } from './path.ts';
export { type RequestOptions, request, requestPages } from './request.ts';
export type { CallOptions, ChangeOptions } from './send.ts';
export type * from './types/index.ts';
