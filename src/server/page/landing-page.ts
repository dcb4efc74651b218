/** What stands at `/`: what this server is, and how to point a client at it. */
import type { ServerResponse } from '../http.ts';
import type { Route } from '../route.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** The landing page of a server that the client reaches at `origin`. */
function landingPage(origin: string): ServerResponse {
  const content = html`
<p>This server speaks Microsoft Graph's drive API and the OAuth 2.0 endpoints in front of it, over files of its own. No Microsoft account is involved.</p>
<h2>Point a client here</h2>
<dl>
<dt>API</dt><dd><code>${origin}/v1.0</code> in place of <code>https://graph.microsoft.com/v1.0</code></dd>
<dt>Sign-in</dt><dd><code>${origin}/common/oauth2/v2.0/authorize</code> and <code>${origin}/common/oauth2/v2.0/token</code> in place of those at <code>https://login.microsoftonline.com</code></dd>
<dt>Discovery</dt><dd><a href="/common/v2.0/.well-known/openid-configuration"><code>${origin}/common/v2.0/.well-known/openid-configuration</code></a></dd>
<dt>Client id and redirect URI</dt><dd>Any client id works. Redirects go to <code>http://localhost</code> or <code>http://127.0.0.1</code> with any port and path, or to the <code>nativeclient</code> address.</dd>
</dl>
<h2>Try it</h2>
<pre>curl -H "Authorization: Bearer $TOKEN" ${origin}/v1.0/me/drive/root/children</pre>
<p>A program on a screen without a browser shows a code: <a href="/devicelogin">type it here</a>.</p>`;
  return page('Embedded OneDrive', content, { wide: true });
}

/** Some clients ask `HEAD /` of the login host to see whether they are online. */
export const pageRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/',
    source: 'this server',
    handle: async ({ request }) => landingPage(request.url.origin),
  },
];
