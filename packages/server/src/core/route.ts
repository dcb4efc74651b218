/**
 * Routes are data: the handler, the page *differences from the service* and the request log all use the same list, so they
 * always agree.
 */
import type { ServerRequest, ServerResponse } from './http.ts';
import type { World } from './world.ts';

export interface RouteContext {
  readonly request: ServerRequest;
  readonly world: World;
  /** The decoded parameters of the pattern. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

export interface Route {
  readonly method: string;
  /** `/{tenant}/oauth2/v2.0/token`: a `{name}` matches one segment. */
  readonly pattern: string;
  /** Source of the rule: a URL or the name of a document. */
  readonly source: string;
  /**
   * For pages: whether other sites may link to the page, in a window only or also in a frame. Default: requests from pages
   * of other sites are refused.
   */
  readonly opensFromAnySite?: 'window' | 'frame' | undefined;
  readonly handle: (context: RouteContext) => Promise<ServerResponse>;
}
