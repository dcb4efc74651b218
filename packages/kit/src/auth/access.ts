/**
 * The least access that an operation needs. Each kind of access has the smallest scope for the user's own
 * files that covers it; scopes for all users' files (`*.All`) are recognized but never requested by default.
 * Source: https://learn.microsoft.com/graph/permissions-reference
 */

/**
 * `none`: no access to the drive; `profile`: who is signed in; `read` and `write`: files; `app-folder`: the
 * files of one folder.
 */
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
  // The app folder is the whole drive for such a sign-in, so this scope is enough for every operation in
  // it.
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

/** The scopes to request at a sign-in that needs `access` and no more. */
export function scopesFor(access: Access): readonly string[] {
  const scope = smallest[access];
  return scope === undefined || identity.includes(scope) ? identity : [...identity, scope];
}

/** The scope that `access` needs, for messages. */
export function scopeName(access: Access): string {
  return smallest[access] ?? 'nothing';
}

/**
 * Returns whether a sign-in with the granted `scopes` has this access. Scopes may begin with the address of
 * Graph, and are case-insensitive.
 */
export function allows(scopes: readonly string[], access: Access): boolean {
  if (access === 'none') return true;
  const names = scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1).toLowerCase());
  return covering[access].some((name) => names.includes(name));
}

/** The `granted` scopes plus the one that `access` needs, which replaces a smaller scope of the same kind. */
export function steppedUp(granted: readonly string[], access: Access): readonly string[] {
  const names = granted.map((scope) => scope.slice(scope.lastIndexOf('/') + 1));
  const smaller = access === 'write' ? ['files.read'] : [];
  const kept = names.filter((name) => !smaller.includes(name.toLowerCase()));
  return [...new Set([...scopesFor(access), ...kept])];
}
