/**
 * Sign-in with a browser, on this or another machine. The address is always shown. The response arrives at a page on this
 * machine, or is pasted into the terminal, or is passed to `auth` later, whichever happens first.
 */
import {
  finishAuthorization,
  listenForAnswer,
  type OAuthSession,
  type PendingSignIn,
  parsePastedAnswer,
  requestScopes,
  startAuthorization,
  type TokenGrant,
} from 'onedrive-kit/auth';
import { OneDriveError } from 'onedrive-kit/errors';
import type { Context } from '../context.ts';
import { hintText } from '../output/hint-text.ts';
import { forgetWhenRefused } from './finish.ts';
import type { SignInPlan } from './plan.ts';
import { show } from './show.ts';
import { typedLines } from './typed-lines.ts';

interface SignInResponse {
  readonly pending: PendingSignIn;
  readonly parameters: URLSearchParams;
}

/** @param mayOpen false: only print the address. */
export async function signInByBrowser(
  context: Context,
  plan: SignInPlan,
  { mayOpen }: { readonly mayOpen: boolean },
): Promise<TokenGrant> {
  const { clock, random, signal } = context;
  const { session, profile } = plan;
  // login.live.com redirects programs only to a page of its own.
  const loopback = profile.api === 'live-v5' ? undefined : await listenForAnswer({ clock, signal });
  try {
    const { url, pending } = await startAuthorization(session, {
      redirectUri: loopback?.redirectUri ?? desktopPage(session),
      scopes: requestScopes(profile),
      account: profile.account,
      random,
    });
    const earlier = await plan.pending.find(plan.pendingName);
    await plan.pending.keep(plan.pendingName, pending, plan.overrides);
    // Start listening first, because a browser that is already signed in responds immediately.
    const arrival = loopback
      ?.answer(pending.state)
      .then((parameters): SignInResponse => ({ pending, parameters }));
    arrival?.catch(() => {}); // handled below, unless showing the address fails
    const opened = await showAddress(context, url, { mayOpen, comesBack: loopback !== undefined });
    const waits = opened && loopback !== undefined;
    const pasted = pastedResponse(context, [pending, earlier?.pending], waits);
    const { pending: answered, parameters } = await Promise.race(
      arrival === undefined ? [pasted] : [arrival, pasted],
    );
    return await forgetWhenRefused(plan, () =>
      finishAuthorization(session, answered, parameters, { signal }),
    );
  } finally {
    await loopback?.close();
  }
}

/** The empty page of the sign-in service whose address the user pastes. */
function desktopPage({ endpoints }: OAuthSession): string {
  return new URL('/oauth20_desktop.srf', endpoints.server.authorization_endpoint).href;
}

/** `auth ADDRESS`: finishes a sign-in that an earlier call has started. @throws OneDriveError `auth-failed`. */
export async function signInByAddress(
  context: Context,
  plan: SignInPlan,
  pending: PendingSignIn,
  address: string,
): Promise<TokenGrant> {
  const parameters = parsePastedAnswer(address, pending.state);
  return forgetWhenRefused(plan, () =>
    finishAuthorization(plan.session, pending, parameters, { signal: context.signal }),
  );
}

async function showAddress(
  context: Context,
  url: string,
  { mayOpen, comesBack }: { readonly mayOpen: boolean; readonly comesBack: boolean },
): Promise<boolean> {
  const opened = mayOpen && hasBrowser(context) && (await context.openBrowser(url));
  await context.note(
    opened
      ? 'Continue in the browser window. If none has opened, open this address:'
      : 'Open this address in a browser and sign in:',
  );
  await show(context, url);
  if (!comesBack)
    await context.note('At the end the browser shows an empty page. Paste its whole address here:');
  else if (!opened || context.streams.stdin.isTTY) {
    await context.note(
      'If the browser ends on a page that cannot be loaded, paste the whole address of that page here:',
    );
  }
  return opened;
}

/** Whether the user can see a browser: not in a remote shell or without a display. */
function hasBrowser({ env, platform }: Context): boolean {
  if (env['SSH_CONNECTION'] ?? env['SSH_TTY']) return false;
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/**
 * The pasted or piped response. Invalid lines at a terminal are reported, and the user can try again. If the input ends and
 * a browser was opened, waits for the browser.
 * @param opened whether a browser was opened.
 * @throws OneDriveError `auth-required` if the input ends and no browser was opened.
 */
async function pastedResponse(
  context: Context,
  candidates: readonly (PendingSignIn | undefined)[],
  opened: boolean,
): Promise<SignInResponse> {
  const valid = candidates.filter((candidate) => candidate !== undefined);
  const current = valid[0];
  for await (const line of context.flags.noInput ? [] : typedLines(context.streams.stdin)) {
    const pending = valid.find(({ state }) => line.includes(state)) ?? current;
    if (!pending || line.trim() === '') continue;
    try {
      return { pending, parameters: parsePastedAnswer(line, pending.state) };
    } catch (error) {
      if (!context.streams.stdin.isTTY || !(error instanceof OneDriveError)) throw error;
      await context.note([error.message, hintText(error.hintSentences)].filter(Boolean).join(' '));
    }
  }
  if (opened) return new Promise<never>(() => {});
  throw new OneDriveError('auth-required', 'The sign-in is not finished yet.', {
    hint: "Sign in at the address above, then run: onedrive-cli auth 'ADDRESS OF THE LAST PAGE'",
  });
}
