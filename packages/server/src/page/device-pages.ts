/** The pages of the device code flow that are not sign-in or consent. */
import type { ServerResponse } from '../core/http.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** Where the code from the other screen is typed. */
export function deviceCodePage(view: {
  readonly action: string;
  readonly typed?: string;
  readonly problem?: string;
}): ServerResponse {
  const { action, typed, problem } = view;
  const content = html`
<p>A program on another screen shows a code. Type it here to sign that program in.</p>
${problem !== undefined && html`<p class="bad" role="alert" id="problem">${problem}</p>`}
<form method="get" action="${action}">
<label for="user_code">Code</label>
<input id="user_code" name="user_code" autocomplete="off" autocapitalize="characters" spellcheck="false" required value="${typed ?? ''}"${problem !== undefined && { markup: ' aria-describedby="problem" aria-invalid="true"' }}>
<div class="row"><button class="main">Next</button></div>
</form>`;
  return page('Enter code', content);
}

/** The end of the flow in the browser. */
export function deviceDonePage(accepted: boolean, clientName: string): ServerResponse {
  return accepted
    ? page(
        'Signed in',
        html`<p>You have signed in to <strong>${clientName}</strong> on your device. You can close this page.</p>`,
      )
    : page(
        'Declined',
        html`<p><strong>${clientName}</strong> was not signed in. You can close this page.</p>`,
      );
}
