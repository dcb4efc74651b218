/**
 * Routes of the drive API as data. The address (drive and item) is parsed before a route is selected, so a route's pattern
 * contains only what follows the address: its tail.
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
  /** The share in the address. */
  readonly share?: Shared | undefined;
  /** Images whose metadata the response needs but which have not been read yet; the response is built again afterwards. */
  readonly unseen: ItemRecord[];
  /** Handles a request from the beginning, for the members of a batch. */
  readonly again: Handler;
}

export interface DriveContext extends GraphContext {
  readonly drive: DriveRecord;
  readonly address: DriveAddress;
}

export interface ItemContext extends DriveContext {
  readonly selector: ItemSelector;
}

/** Options of a route. */
interface Partly {
  /** A difference from the live service; listed in docs/reference/differences.md. */
  readonly lacks?: string;
}

interface Described extends Partly {
  readonly method: string;
  /**
   * Segments after the address, where `{name}` matches any segment: `children`, `versions/{version}/content`. Empty: the
   * drive or item itself.
   */
  readonly tail: string;
  /** Whether the route makes changes. Determines the scope that a token needs. */
  readonly writes: boolean;
  /** Source of the rule: a URL or the name of a document. */
  readonly source: string;
  /** The permission that callers other than the owner need on the item. Default: depends on `writes`. */
  readonly needs?: Level;
  /** The route works on items that another account has checked out. */
  readonly ignoresCheckout?: boolean;
  /** The route supports `$filter`. */
  readonly filters?: boolean;
  /** The route checks the password of a sharing link itself. */
  readonly asksPassword?: boolean;
}

export type DriveRoute =
  | (Described & {
      readonly on: 'drive';
      readonly handle: (context: DriveContext) => Promise<ServerResponse>;
    })
  | (Described & { readonly on: 'item'; readonly handle: (context: ItemContext) => Promise<ServerResponse> });

/** A route under the API prefix whose path contains no drive: `me`, `me/drives`. */
export interface GraphRoute extends Partly {
  readonly method: string;
  /** Path without the prefix: `me/drives`. */
  readonly path: string;
  readonly writes: boolean;
  /** Whether the token needs a scope for files. False: any token is accepted. */
  readonly access: 'files' | 'any';
  /** The route supports `$filter`. */
  readonly filters?: boolean;
  readonly source: string;
  readonly handle: (context: GraphContext) => Promise<ServerResponse>;
}

/** Returns a context parameter that the route's tail guarantees to exist. */
export function param(context: GraphContext, name: string): string {
  return context.params[name] ?? '';
}
