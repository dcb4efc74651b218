/** `/error?code=…`: the target of `error_uri`. */
import type { ServerResponse } from '../core/http.ts';
import type { RouteContext } from '../core/route.ts';
import { html } from '../page/html.ts';
import { page } from '../page/page.ts';

/** Shows a link to Microsoft's list of error codes. */
export async function errorLookup({ query }: RouteContext): Promise<ServerResponse> {
  const code = (query.get('code') ?? '').replace(/\D/g, '').slice(0, 12);
  const list = 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes';
  return page(
    `AADSTS${code}`,
    html`<p>What the numbers mean is listed at <a href="${list}">${list}</a>.</p>`,
  );
}
