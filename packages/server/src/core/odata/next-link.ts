/** The URL of the next page: the URL of the request with another paging token. */
import type { GraphContext } from '../../files/drives/drive-route.ts';

/** Returns the request's URL with `token` as its paging token. */
export function nextLink({ request }: Pick<GraphContext, 'request'>, token: string): string {
  const url = new URL(request.url);
  for (const name of ['skiptoken', '$skipToken', 'skipToken']) url.searchParams.delete(name);
  url.searchParams.set('$skiptoken', token);
  return url.href.replaceAll('%24', '$');
}
