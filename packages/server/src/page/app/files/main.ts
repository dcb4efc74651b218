/** The page at `/`: a file manager for the account that signs in. It is an ordinary client of this server. */
import { attempt, button } from '../kit/button.ts';
import { byId, fill, make } from '../kit/dom.ts';
import { getJson, onSessionEnd } from '../kit/graph.ts';
import { fileIcon, icon } from '../kit/icons.ts';
import { finishSignIn, grant, signIn, signOut } from '../kit/session.ts';
import { sizeText } from '../kit/text.ts';
import { followTheme } from '../kit/theme.ts';
import { toast } from '../kit/toast.ts';
import { itemActions } from './actions.ts';
import { breadcrumbs } from './breadcrumbs.ts';
import { createBrowser } from './browser.ts';
import { detailsPanel } from './details-panel.ts';
import { type DriveInfo, openDrive, type User } from './drive.ts';
import { dropTarget } from './drop-target.ts';
import { fileList } from './file-list.ts';
import { pageKeys, showKeys } from './help.ts';
import { statusLine } from './status-line.ts';
import { toolbar } from './toolbar.ts';
import { uploadPanel } from './upload-panel.ts';

let leave = new AbortController();

function showAccount(user: User, { driveType, quota }: DriveInfo): void {
  const used = quota?.used === undefined ? '' : `, ${sizeText(quota.used)} used`;
  fill(
    byId('account'),
    make(
      'span',
      { class: 'who', id: 'who' },
      make('strong', {}, user.displayName),
      make('span', { class: 'quiet' }, `${driveType}${used}`),
    ),
    button('Sign out', () => {
      signOut();
      showSignedOut();
      toast('Signed out.');
    }),
  );
}

/** The page for somebody who is not signed in. */
function showSignedOut(): void {
  leave.abort();
  fill(byId('account'));
  fill(
    byId('content'),
    make(
      'section',
      { class: 'hero' },
      make(
        'div',
        { class: 'picture-of-files', 'aria-hidden': 'true' },
        fileIcon('image'),
        fileIcon('folder'),
        fileIcon('document'),
      ),
      make('h2', {}, 'Your files, on this machine'),
      make(
        'p',
        {},
        'Sign in with any account of this server to see and change its files. No Microsoft account is involved.',
      ),
      button('Sign in', signIn, { appearance: 'primary', size: 'large' }),
      make(
        'p',
        { class: 'quiet' },
        'To point a program here, use ',
        make('code', {}, `${location.origin}/v1.0`),
        ' in place of ',
        make('code', {}, 'https://graph.microsoft.com/v1.0'),
        '. The ',
        make('a', { href: '/_page/developer' }, 'developer tools'),
        ' say more.',
      ),
    ),
  );
}

async function showFiles(): Promise<void> {
  leave.abort();
  leave = new AbortController();
  const [user, info] = await Promise.all([getJson<User>('/me'), getJson<DriveInfo>('/me/drive')]);
  showAccount(user, info);
  const browser = createBrowser(openDrive(info));
  const { panel: uploads, start } = uploadPanel(browser);
  const details = detailsPanel(browser);
  const actions = itemActions(browser, () => void details.show());
  const list = fileList(browser, {
    open: actions.open,
    remove: () => void attempt(actions.remove),
    rename: () => void attempt(actions.rename),
    showDetails: () => void details.show(),
  });
  const { line, empty } = statusLine(browser);
  const hooks = {
    actions,
    upload: start,
    share: () => details.show('Sharing'),
    versions: () => details.show('Versions'),
    toggleDetails: details.toggle,
  };
  const listArea = make(
    'div',
    { class: 'list-area', id: 'drop' },
    list,
    empty,
    make('p', { class: 'drop-hint', 'aria-hidden': 'true' }, 'Drop to upload here'),
  );
  fill(
    byId('content'),
    breadcrumbs(browser),
    toolbar(browser, hooks),
    make('div', { class: 'panes' }, make('div', { class: 'list-pane' }, listArea, line), details.panel),
    uploads,
  );
  dropTarget(listArea, browser, start);
  const { signal } = leave;
  addEventListener('hashchange', () => void browser.follow(), { signal });
  document.addEventListener('keydown', pageKeys, { signal });
  await browser.follow();
  list.focus({ preventScroll: true });
}

followTheme(byId('theme'));
byId('keys').addEventListener('click', showKeys);
fill(byId('keys'), icon('help'));
onSessionEnd(showSignedOut);
await attempt(finishSignIn);
if (grant() === undefined) showSignedOut();
else await attempt(showFiles);
