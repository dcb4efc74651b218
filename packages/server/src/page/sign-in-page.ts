/** The sign-in page: the user picks an account or types one. Works without scripts. */
import type { ServerResponse } from '../core/http.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';

export interface SignInPage {
  /** The address that receives the form. */
  readonly action: string;
  /** The application that requests the sign-in. */
  readonly clientName: string;
  readonly accounts: readonly { readonly displayName: string; readonly userPrincipalName: string }[];
  /** Initial text of the account field. */
  readonly typed?: string | undefined;
  /** Why the previous attempt failed. */
  readonly problem?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The sign-in page. */
export function signInPage(view: SignInPage): ServerResponse {
  const content = html`
<p>to continue to <strong>${view.clientName}</strong></p>
${view.problem !== undefined && html`<p class="bad" role="alert" id="problem">${view.problem}</p>`}
${view.accounts.length > 0 && picker(view)}
<form method="post" action="${view.action}">
<label for="account">${view.accounts.length > 0 ? 'Or type another account' : 'Account'}</label>
<input id="account" name="account" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" required value="${view.typed ?? ''}"${described(view)}>
<label for="password">Password, if the account has one</label>
<input id="password" name="password" type="password" autocomplete="current-password"${described(view)}>
<div class="row">
<button class="main" name="action" value="signin">Sign in</button>
<button name="action" value="cancel" formnovalidate>Cancel</button>
</div>
</form>
<p class="quiet">This is an embedded OneDrive: its accounts exist on this server only. Do not type the password of a real account.</p>`;
  return page('Sign in', content, view.headers ? { headers: view.headers } : {});
}

function described(view: SignInPage): Html | false {
  return view.problem !== undefined && { markup: ' aria-describedby="problem" aria-invalid="true"' };
}

function picker(view: SignInPage): Html {
  const buttons = view.accounts.map(
    (account) =>
      html`<button class="account" name="account" value="${account.userPrincipalName}">${account.displayName}<small>${account.userPrincipalName}</small></button>\n`,
  );
  return html`<form method="post" action="${view.action}" aria-label="Accounts">
<input type="hidden" name="action" value="signin">
${buttons}</form>`;
}
