/**
 * Live Connect's v5.0 API, one function per endpoint, with no added behavior: each sends one request (a list:
 * one per page) and returns the response as Microsoft documented it. Microsoft switched the service off in
 * November 2018; now only the embedded OneDrive serves it. All functions take a {@link LiveClient} first and
 * options last.
 */
export * from './bits/index.ts';
export { type LiveClient, liveService } from './client.ts';
export * from './endpoints/comments.ts';
export * from './endpoints/content.ts';
export * from './endpoints/folders.ts';
export * from './endpoints/links.ts';
export * from './endpoints/objects.ts';
export * from './endpoints/tags.ts';
export * from './endpoints/user.ts';
export * from './object-id.ts';
export { type Paged, pagedByOffset, type Range } from './page.ts';
export type { CallOptions } from './send.ts';
export type * from './types/index.ts';
