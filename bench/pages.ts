/** The page URLs of a listing, found by following its next links once. */
import type { EmbeddedServer } from './embedded.ts';

/** All of them, the first included. */
export async function pagesOf(server: EmbeddedServer, path: string): Promise<string[]> {
  const pages: string[] = [];
  let next: string | undefined = `${server.url}/v1.0${path}`;
  while (next !== undefined) {
    pages.push(next);
    const response = await fetch(next, { headers: { authorization: `Bearer ${server.token}` } });
    const page = (await response.json()) as { '@odata.nextLink'?: string };
    next = page['@odata.nextLink'];
  }
  return pages;
}
