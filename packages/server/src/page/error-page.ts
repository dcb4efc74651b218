/** What a person sees when a sign-in cannot go on, and must not be sent back: the address may be an attacker's. */
import type { ServerResponse } from '../core/http.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** A refusal as a page. `detail` is the text with the AADSTS number, one fact a line. */
export function errorPage(status: number, detail: string): ServerResponse {
  const content = html`
<p>The program that sent you here made a request that this server does not accept.</p>
<pre>${detail.replaceAll('\r\n', '\n')}</pre>`;
  return page('Sign-in failed', content, { status });
}
