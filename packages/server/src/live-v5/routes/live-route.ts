/** Routes of the v5.0 API as data. The target (whose drive, which item) is read before a route is looked for. */

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
  /** Was the item named by its id, and not by a friendly path? */
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
  /** Where the rule comes from: a page of the Live SDK's reference by its MSDN number. */
  readonly source: string;
}

/** What a route answers: a value that becomes JSON, or a whole response. */
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
