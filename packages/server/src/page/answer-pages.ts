/** Pages that return the result of a sign-in to the program that requested it. */
import type { ServerResponse } from '../core/http.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** SHA-256 of the script below, in the syntax of a content security policy; a test recomputes it. */
const scriptHash = "'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE='";
const script = 'document.forms[0].submit()';

/** `response_mode=form_post`: a form that submits itself, or on a click if scripts are disabled. */
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

/** The page at the `nativeclient` address; its URL carries the result. */
export function nativeClientPage(failed: boolean): ServerResponse {
  return failed
    ? page(
        'Sign-in failed',
        html`<p>The address of this page contains the reason for the program that sent you here.</p>`,
      )
    : page(
        'Signed in',
        html`<p>If the program that sent you here asks for the address of this page, copy it and paste it there. Then close this page.</p>`,
      );
}

/** After signing out. */
export function signedOutPage(headers: Readonly<Record<string, string>>): ServerResponse {
  return page(
    'Signed out',
    html`<p>This browser is signed out. Programs that you gave access to still have it.</p>`,
    { headers },
  );
}
