/** The pages of the device code flow that are not sign-in or consent. */
import type { ServerResponse } from '../core/http.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** The page on which the user types the code that a device shows. */
export function deviceCodePage(view: {
  readonly action: string;
  readonly typed?: string;
  readonly problem?: string;
}): ServerResponse {
  const { action, typed, problem } = view;
  const content = html`
<p>Type the code that a program on another device shows, to sign in to that program.</p>
${problem !== undefined && html`<p class="bad" role="alert" id="problem">${problem}</p>`}
<form method="get" action="${action}">
<label for="user_code">Code</label>
<input id="user_code" name="user_code" autocomplete="off" autocapitalize="characters" spellcheck="false" required value="${typed ?? ''}"${problem !== undefined && { markup: ' aria-describedby="problem" aria-invalid="true"' }}>
<div class="row"><button class="main">Next</button></div>
</form>`;
  return page('Enter code', content);
}

/** The last page of the flow in the browser. */
export function deviceDonePage(accepted: boolean, clientName: string): ServerResponse {
  return accepted
    ? page(
        'Signed in',
        html`<p>You have signed in to <strong>${clientName}</strong> on your device. You can close this page.</p>`,
      )
    : page(
        'Declined',
        html`<p>You did not sign in to <strong>${clientName}</strong>. You can close this page.</p>`,
      );
}
