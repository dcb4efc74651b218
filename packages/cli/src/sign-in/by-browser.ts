/**
 * Sign-in with a browser, here or elsewhere. The address is shown in any case. The answer comes back by itself to a
 * page on this machine, or is pasted here, or is given to `auth` later: whichever happens first.
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
import { forgetWhenRefused } from './finish.ts';
import type { SignInPlan } from './plan.ts';
import { show } from './show.ts';
import { typedLines } from './typed-lines.ts';

interface Answer {
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
  // login.live.com sent programs to a page of its own and nowhere else.
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
    // Listening first: a browser that is signed in already comes back at once.
    const arrival = loopback?.answer(pending.state).then((parameters): Answer => ({ pending, parameters }));
    arrival?.catch(() => {}); // told below, unless the address cannot be shown
    const opened = await showAddress(context, url, { mayOpen, comesBack: loopback !== undefined });
    const comes = opened && loopback !== undefined;
    const pasted = pastedAnswer(context, [pending, earlier?.pending], comes);
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

/** The empty page of the sign-in service whose address is pasted here. */
function desktopPage({ endpoints }: OAuthSession): string {
  return new URL('/oauth20_desktop.srf', endpoints.server.authorization_endpoint).href;
}

/** `auth ADDRESS`: finishes a sign-in that an earlier call has started. @throws OneDriveError `auth-failed` when none is. */
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
      ? 'Sign in in the browser window. If none has opened, open this address:'
      : 'Open this address in a browser and sign in:',
  );
  await show(context, url);
  if (!comesBack)
    await context.note('Then paste the whole address of the empty page that the browser ends on here:');
  else if (!opened || context.streams.stdin.isTTY) {
    await context.note(
      'If the browser ends on a page that cannot be reached, paste the whole address of that page here:',
    );
  }
  return opened;
}

/** A remote shell or a machine without a display has no browser that its user could see. */
function hasBrowser({ env, platform }: Context): boolean {
  if (env['SSH_CONNECTION'] ?? env['SSH_TTY']) return false;
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/**
 * The answer that is typed or piped in. Typing errors are told and forgiven. Without any input it waits for the
 * browser where one was opened.
 * @throws OneDriveError `auth-required` when the input ends and nothing else can bring the answer.
 */
async function pastedAnswer(
  context: Context,
  candidates: readonly (PendingSignIn | undefined)[],
  opened: boolean,
): Promise<Answer> {
  const known = candidates.filter((candidate) => candidate !== undefined);
  const current = known[0];
  for await (const line of context.flags.noInput ? [] : typedLines(context.streams.stdin)) {
    const pending = known.find(({ state }) => line.includes(state)) ?? current;
    if (!pending || line.trim() === '') continue;
    try {
      return { pending, parameters: parsePastedAnswer(line, pending.state) };
    } catch (error) {
      if (!context.streams.stdin.isTTY || !(error instanceof OneDriveError)) throw error;
      await context.note([error.message, error.hint].filter(Boolean).join(' '));
    }
  }
  if (opened) return new Promise<never>(() => {});
  throw new OneDriveError('auth-required', 'The sign-in has started and waits for its answer.', {
    hint: "Sign in at the address above, then run: onedrive-cli auth 'ADDRESS OF THE LAST PAGE'",
  });
}
