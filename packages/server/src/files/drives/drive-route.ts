/**
 * Routes of the drive API as data. The address (which drive, which item) is read before a route is looked for, so a
 * route names only what comes after it: its tail.
 */

import type { Handler, ServerRequest, ServerResponse } from '../../core/http.ts';
import type { QueryOptions } from '../../core/odata/odata-query.ts';
import type { World } from '../../core/world.ts';
import type { Caller } from '../../identity/access-tokens.ts';
import type { Level } from '../../sharing/access.ts';
import type { Links } from '../../sharing/links.ts';
import type { Shared } from '../../sharing/shares.ts';
import type { DriveAddress, ItemSelector } from '../items/drive-address.ts';
import type { ItemRecord } from '../items/item-record.ts';
import type { DriveRecord } from './drive-record.ts';

export interface GraphContext {
  readonly request: ServerRequest;
  readonly world: World;
  readonly caller: Caller;
  readonly links: Links;
  readonly query: URLSearchParams;
  readonly options: QueryOptions;
  /** Values of the `{names}` in the route's tail, and the arguments of its function. */
  readonly params: Readonly<Record<string, string>>;
  /** What the share in the address stands for. */
  readonly share?: Shared | undefined;
  /** Images that an answer wanted to describe before anyone had looked at them: it is made again afterwards. */
  readonly unseen: ItemRecord[];
  /** The same server once more, for the members of a batch. */
  readonly again: Handler;
}

export interface DriveContext extends GraphContext {
  readonly drive: DriveRecord;
  readonly address: DriveAddress;
}

export interface ItemContext extends DriveContext {
  readonly selector: ItemSelector;
}

/** What a route may say besides. */
interface Partly {
  /** What the service does there, and this server does not: stands in docs/reference/differences.md. */
  readonly lacks?: string;
}

interface Described extends Partly {
  readonly method: string;
  /** Segments after the address, a `{name}` for any one: `children`, `versions/{version}/content`. Empty: the thing itself. */
  readonly tail: string;
  /** Does it change something? Decides the scope that a token needs. */
  readonly writes: boolean;
  /** Where the rule comes from: a URL or a document's name. */
  readonly source: string;
  /** What someone else than the owner has to be allowed to do with the item. Default: by `writes`. */
  readonly needs?: Level;
  /** Works on items that someone else has checked out. */
  readonly ignoresCheckout?: boolean;
  /** Takes `$filter`. */
  readonly filters?: boolean;
  /** Reads the password of a link itself. */
  readonly asksPassword?: boolean;
}

export type DriveRoute =
  | (Described & {
      readonly on: 'drive';
      readonly handle: (context: DriveContext) => Promise<ServerResponse>;
    })
  | (Described & { readonly on: 'item'; readonly handle: (context: ItemContext) => Promise<ServerResponse> });

/** A route under the API prefix that names no drive: `me`, `me/drives`. */
export interface GraphRoute extends Partly {
  readonly method: string;
  /** Without the prefix: `me/drives`. */
  readonly path: string;
  readonly writes: boolean;
  /** Does it need a scope for files, or will any token do? */
  readonly access: 'files' | 'any';
  /** Takes `$filter`. */
  readonly filters?: boolean;
  readonly source: string;
  readonly handle: (context: GraphContext) => Promise<ServerResponse>;
}

/** The value of a context parameter that the route's tail guarantees. */
export function param(context: GraphContext, name: string): string {
  return context.params[name] ?? '';
}
