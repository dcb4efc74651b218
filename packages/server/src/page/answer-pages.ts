/** Pages that carry the answer of a sign-in to the program that asked. */
import type { ServerResponse } from '../core/http.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** `sha256` of the script below, as a content security policy names it; a test recomputes it. */
const scriptHash = "'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE='";
const script = 'document.forms[0].submit()';

/** `response_mode=form_post`: a form that sends itself, or waits for a click where scripts are off. */
export function formPostPage(action: string, fields: Readonly<Record<string, string>>): ServerResponse {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`,
  );
  const content = html`
<form method="post" action="${action}">
${inputs}<div class="row"><button class="main">Continue</button></div>
</form>
<script>${{ markup: script }}</script>`;
  return page('Signing in', content, { scriptHash });
}

/** The page at the `nativeclient` address, whose URL is the answer. */
export function nativeClientPage(failed: boolean): ServerResponse {
  return failed
    ? page(
        'Sign-in failed',
        html`<p>The program that sent you here can tell the reason from the address of this page.</p>`,
      )
    : page(
        'Signed in',
        html`<p>If the program that sent you here asks for it, copy the address of this page and paste it there. Then close this page.</p>`,
      );
}

/** After signing out. */
export function signedOutPage(headers: Readonly<Record<string, string>>): ServerResponse {
  return page(
    'Signed out',
    html`<p>This browser is signed out. Programs that were given access keep it.</p>`,
    { headers },
  );
}
