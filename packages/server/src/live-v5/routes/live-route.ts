/** Routes of the Live v5.0 API as data. The target (drive and item) is parsed before a route is selected. */

import type { ServerRequest, ServerResponse } from '../../core/http.ts';
import type { World } from '../../core/world.ts';
import type { DriveRecord } from '../../files/drives/drive-record.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import type { Caller } from '../../identity/access-tokens.ts';
import type { Links } from '../../sharing/links.ts';
import type { LiveAccess } from '../live-access.ts';

export interface LiveContext {
  readonly request: ServerRequest;
  readonly world: World;
  readonly caller: Caller;
  readonly drive: DriveRecord;
  readonly links: Links;
  /** `https://host/v5.0` */
  readonly base: string;
  readonly query: URLSearchParams;
  /** Values of the `{names}` in the route's tail. */
  readonly params: Readonly<Record<string, string>>;
}

export interface LiveItemContext extends LiveContext {
  readonly item: ItemRecord;
  /** Whether the item was addressed by its id, and not by a friendly name. */
  readonly byId: boolean;
}

export interface LiveCommentContext extends LiveItemContext {
  readonly number: number;
}

export interface LiveTagContext extends LiveItemContext {
  readonly tag: string;
}

interface Described {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'MOVE' | 'COPY';
  /** Segments after the target: `files/{name}`. Empty: the target itself. */
  readonly tail: string;
  readonly access: LiveAccess;
  /** Source of the rule: a page of the Live SDK's documentation by its MSDN number. */
  readonly source: string;
}

/** The result of a route: a value that is returned as JSON, or a whole response. */
export type LiveAnswer =
  | { readonly status: number; readonly json?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly response: ServerResponse };

export type LiveRoute =
  | (Described & {
      readonly on: 'user' | 'drive';
      readonly handle: (context: LiveContext) => Promise<LiveAnswer>;
    })
  | (Described & { readonly on: 'item'; readonly handle: (context: LiveItemContext) => Promise<LiveAnswer> })
  | (Described & {
      readonly on: 'comment';
      readonly handle: (context: LiveCommentContext) => Promise<LiveAnswer>;
    })
  | (Described & { readonly on: 'tag'; readonly handle: (context: LiveTagContext) => Promise<LiveAnswer> });
