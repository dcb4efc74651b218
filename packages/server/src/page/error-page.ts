/** The page for a sign-in that failed and must not redirect: the redirect URI may be an attacker's. */
import type { ServerResponse } from '../core/http.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** An error as a page. `detail` is the text with the AADSTS number, one fact per line. */
export function errorPage(status: number, detail: string): ServerResponse {
  const content = html`
<p>The program that sent you here made an invalid request.</p>
<pre>${detail.replaceAll('\r\n', '\n')}</pre>`;
  return page('Sign-in failed', content, { status });
}
