/** The page on which a user accepts or declines the permissions that an application requests. Works without scripts. */
import type { ServerResponse } from '../core/http.ts';
import { html } from './html.ts';
import { page } from './page.ts';
import { scopeText } from './scope-texts.ts';

export interface ConsentPage {
  readonly action: string;
  readonly clientName: string;
  readonly clientId: string;
  readonly account: { readonly displayName: string; readonly userPrincipalName: string };
  readonly scopes: readonly string[];
  /** Returned with the form; proves that this server rendered it. */
  readonly formKey: string;
  /** Where the result goes, as readable text; undefined for a device. */
  readonly destination?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The consent page. */
export function consentPage(view: ConsentPage): ServerResponse {
  const { account } = view;
  const scopes = view.scopes.map(
    (scope) => html`<dt><code>${scope}</code></dt><dd>${scopeText(scope)}</dd>\n`,
  );
  const content = html`
<p>Signed in as <strong>${account.displayName}</strong> (${account.userPrincipalName})</p>
<p><strong>${view.clientName}</strong> wants to:</p>
<dl>
${scopes}</dl>
<p class="quiet">Application id <code>${view.clientId}</code>. ${
    view.destination === undefined
      ? 'The program that shows the code gets this access. Continue only if you started that program yourself.'
      : html`The result is sent to <code>${view.destination}</code>.`
  }</p>
<form method="post" action="${view.action}">
<input type="hidden" name="form_key" value="${view.formKey}">
<div class="row">
<button class="main" name="action" value="accept">Accept</button>
<button name="action" value="decline">Decline</button>
<button name="action" value="switch">Use another account</button>
</div>
</form>`;
  return page('Permissions requested', content, view.headers ? { headers: view.headers } : {});
}
