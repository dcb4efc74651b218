/** The URL of the next page, where it is the request's own with another token. */
import type { GraphContext } from '../../files/drives/drive-route.ts';

/** The same request, with `token` as its paging token. */
export function nextLink({ request }: Pick<GraphContext, 'request'>, token: string): string {
  const url = new URL(request.url);
  for (const name of ['skiptoken', '$skipToken', 'skipToken']) url.searchParams.delete(name);
  url.searchParams.set('$skiptoken', token);
  return url.href.replaceAll('%24', '$');
}
