/**
 * Routes as data: the handler, the *differences from the service* table and the request log are all read off the
 * same list, so none of them can lie about what is served.
 */
import type { ServerRequest, ServerResponse } from './http.ts';
import type { World } from './world.ts';

export interface RouteContext {
  readonly request: ServerRequest;
  readonly world: World;
  /** Decoded parameters of the pattern. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

export interface Route {
  readonly method: string;
  /** `/{tenant}/oauth2/v2.0/token`: a `{name}` matches one segment. */
  readonly pattern: string;
  /** Where the rule comes from: a URL or a document's name. */
  readonly source: string;
  /**
   * A page for people, which links on any site may lead to: in a window, or in a frame as well. Default: requests that
   * pages of other sites cause are refused.
   */
  readonly opensFromAnySite?: 'window' | 'frame' | undefined;
  readonly handle: (context: RouteContext) => Promise<ServerResponse>;
}
