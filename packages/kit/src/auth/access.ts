/**
 * The least that a piece of work needs to be allowed. Each kind of access names the smallest scope of the person's own
 * files that covers it; scopes that reach everybody's files (`*.All`) are understood but never asked for unasked.
 * Source: https://learn.microsoft.com/graph/permissions-reference
 */

/** `none`: nothing of the drive; `profile`: who is signed in; `read` and `write`: files; `app-folder`: one folder of files. */
export type Access = 'none' | 'profile' | 'read' | 'write' | 'app-folder';

const identity = ['openid', 'profile', 'offline_access', 'User.Read'];

const smallest: Readonly<Record<Access, string | undefined>> = {
  none: undefined,
  profile: 'User.Read',
  read: 'Files.Read',
  write: 'Files.ReadWrite',
  'app-folder': 'Files.ReadWrite.AppFolder',
};

const writing = [
  'files.readwrite',
  'files.readwrite.all',
  'sites.readwrite.all',
  'sites.manage.all',
  'sites.fullcontrol.all',
];
const reading = [...writing, 'files.read', 'files.read.all', 'sites.read.all'];
const covering: Readonly<Record<Access, readonly string[]>> = {
  none: [],
  profile: ['user.read', 'user.readwrite', 'user.read.all', 'user.readbasic.all'],
  // The app folder is all the drive that such a sign-in sees, so it is enough for whatever the person does in it.
  read: [
    ...reading,
    'files.readwrite.appfolder',
    'files.selectedoperations.selected',
    'sites.selected',
    '.default',
  ],
  write: [
    ...writing,
    'files.readwrite.appfolder',
    'files.selectedoperations.selected',
    'sites.selected',
    '.default',
  ],
  'app-folder': [...writing, 'files.readwrite.appfolder'],
};

/** What to ask for at a sign-in that is to be good for `access` and no more. */
export function scopesFor(access: Access): readonly string[] {
  const scope = smallest[access];
  return scope === undefined || identity.includes(scope) ? identity : [...identity, scope];
}

/** The scope that `access` needs, as people read it. */
export function scopeName(access: Access): string {
  return smallest[access] ?? 'nothing';
}

/** Whether a sign-in that was granted `scopes` may do this. Scopes may carry the address of Graph, and have no case. */
export function allows(scopes: readonly string[], access: Access): boolean {
  if (access === 'none') return true;
  const names = scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1).toLowerCase());
  return covering[access].some((name) => names.includes(name));
}

/** `granted` and what `access` needs on top, in place of a smaller scope of the same kind. */
export function steppedUp(granted: readonly string[], access: Access): readonly string[] {
  const names = granted.map((scope) => scope.slice(scope.lastIndexOf('/') + 1));
  const smaller = access === 'write' ? ['files.read'] : [];
  const kept = names.filter((name) => !smaller.includes(name.toLowerCase()));
  return [...new Set([...scopesFor(access), ...kept])];
}
