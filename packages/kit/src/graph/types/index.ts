/** The types of Microsoft Graph's drive API, with Microsoft's names and units. No code. */
export type * from './change-channel.ts';
export type * from './collection.ts';
export type * from './copy-monitor.ts';
export type * from './drive.ts';
export type * from './drive-item.ts';
export type * from './error-body.ts';
export type * from './facets.ts';
export type * from './identity.ts';
export type * from './item-change.ts';
export type * from './item-reference.ts';
export type * from './permission.ts';
export type * from './recycle-bin-item.ts';
export type * from './site.ts';
export type * from './thumbnail.ts';
export type * from './upload-session.ts';
export type * from './version.ts';
