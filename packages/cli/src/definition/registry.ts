/**
 * The table of commands: the name and how to load it. Loading is lazy, so that a run loads only what it uses. Help texts
 * stand in the command files; the top-level help is composed from them when the bundle is built.
 */
import type { Command } from './command.ts';

type Load = () => Promise<{ readonly command: Command }>;

/** Names with underscores ({@link findCommand} accepts dashes too), in the order of the help. */
const loaders: Readonly<Record<string, Load>> = {
  auth: () => import('../commands/auth.ts'),
  auth_login: () => import('../commands/auth/login.ts'),
  auth_status: () => import('../commands/auth/status.ts'),
  auth_list: () => import('../commands/auth/list.ts'),
  auth_switch: () => import('../commands/auth/switch.ts'),
  auth_register: () => import('../commands/auth/register.ts'),
  auth_logout: () => import('../commands/auth/logout.ts'),
  auth_revoke: () => import('../commands/auth/revoke.ts'),
  auth_refresh: () => import('../commands/auth/refresh.ts'),
  user: () => import('../commands/user.ts'),
  quota: () => import('../commands/quota.ts'),
  ls: () => import('../commands/ls.ts'),
  find: () => import('../commands/find.ts'),
  search: () => import('../commands/search.ts'),
  du: () => import('../commands/du.ts'),
  dups: () => import('../commands/dups.ts'),
  tree: () => import('../commands/tree.ts'),
  info: () => import('../commands/info/get.ts'),
  stat: () => import('../commands/stat.ts'),
  cat: () => import('../commands/cat.ts'),
  head: () => import('../commands/head.ts'),
  recent: () => import('../commands/recent.ts'),
  get: () => import('../commands/get.ts'),
  put: () => import('../commands/put.ts'),
  jobs: () => import('../commands/jobs/list.ts'),
  jobs_resume: () => import('../commands/jobs/resume.ts'),
  jobs_rm: () => import('../commands/jobs/delete.ts'),
  mkdir: () => import('../commands/mkdir.ts'),
  cp: () => import('../commands/cp.ts'),
  mv: () => import('../commands/mv.ts'),
  touch: () => import('../commands/touch.ts'),
  rm: () => import('../commands/rm.ts'),
  link: () => import('../commands/link.ts'),
  drives: () => import('../commands/drives/list.ts'),
  sites_search: () => import('../commands/sites/list.ts'),
  sites_get: () => import('../commands/sites/get.ts'),
  thumbnails: () => import('../commands/thumbnails.ts'),
  preview: () => import('../commands/preview.ts'),
  versions_ls: () => import('../commands/versions/list.ts'),
  versions_get: () => import('../commands/versions/get.ts'),
  versions_restore: () => import('../commands/versions/restore.ts'),
  versions_prune: () => import('../commands/versions/prune.ts'),
  restore: () => import('../commands/restore.ts'),
  permissions_ls: () => import('../commands/permissions/list.ts'),
  permissions_set: () => import('../commands/permissions/set.ts'),
  permissions_rm: () => import('../commands/permissions/delete.ts'),
  links_ls: () => import('../commands/links/list.ts'),
  links_revoke: () => import('../commands/links/delete.ts'),
  share: () => import('../commands/share.ts'),
  shared_ls: () => import('../commands/shared/list.ts'),
  trash_ls: () => import('../commands/trash/list.ts'),
  trash_restore: () => import('../commands/trash/restore.ts'),
  trash_empty: () => import('../commands/trash/empty.ts'),
  checkout: () => import('../commands/checkout.ts'),
  checkin: () => import('../commands/checkin.ts'),
  fields: () => import('../commands/fields.ts'),
  hashsum: () => import('../commands/hashsum.ts'),
  watch: () => import('../commands/watch.ts'),
  edit: () => import('../commands/edit.ts'),
  delta: () => import('../commands/delta.ts'),
  info_set: () => import('../commands/info/set.ts'),
  comments: () => import('../commands/comments/list.ts'),
  comment_add: () => import('../commands/comments/create.ts'),
  comment_delete: () => import('../commands/comments/delete.ts'),
  api: () => import('../commands/api.ts'),
  migrate: () => import('../commands/migrate.ts'),
  config_show: () => import('../commands/config/show.ts'),
  config_get: () => import('../commands/config/get.ts'),
  config_set: () => import('../commands/config/set.ts'),
  config_edit: () => import('../commands/config/edit.ts'),
  config_path: () => import('../commands/config/path.ts'),
  config_check: () => import('../commands/config/check.ts'),
  doctor: () => import('../commands/doctor.ts'),
  completion: () => import('../commands/completion.ts'),
  complete: () => import('../commands/complete.ts'),
  serve: () => import('../commands/serve.ts'),
};

/** The name of every command, with underscores as in python-onedrive. */
export const commandNames: readonly string[] = Object.keys(loaders);

/** Alternative names, known from other tools. */
const aliases: Readonly<Record<string, string>> = {
  dir: 'ls',
  list: 'ls',
  copy: 'cp',
  move: 'mv',
  delete: 'rm',
  del: 'rm',
  remove: 'rm',
  download: 'get',
  upload: 'put',
};

/** The alternative names of a command. */
export function aliasesOf(name: string): readonly string[] {
  return Object.keys(aliases).filter((alias) => aliases[alias] === name);
}

/** The name of the command for a typed word, with underscores or dashes; undefined if there is none. */
function nameOf(typed: string): string | undefined {
  const name = typed.replaceAll('-', '_');
  if (Object.hasOwn(loaders, name)) return name;
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined;
}

/** Loads the command that `typed` names, with underscores or dashes; undefined if there is none. */
export async function findCommand(typed: string): Promise<Command | undefined> {
  const name = nameOf(typed);
  return name === undefined ? undefined : (await loaders[name]?.())?.command;
}

/** Commands that have subcommands too, because the word after them cannot be an object of the drive. */
const commandsWithSubcommands: ReadonlySet<string> = new Set(['auth', 'jobs']);

/**
 * The subcommands of a word: `trash_ls` and `trash_empty` of `trash`. A word that is a command itself has none, except
 * those in {@link commandsWithSubcommands}: `info set` is `info` of an object called set.
 */
export function familyOf(typed: string): readonly string[] {
  const head = typed.replaceAll('-', '_');
  const heads = commandsWithSubcommands.has(head) || nameOf(head) === undefined;
  return heads ? commandNames.filter((name) => name.startsWith(`${head}_`)) : [];
}

/** Whether this word has subcommands. */
export function hasSubcommands(typed: string): boolean {
  return familyOf(typed).length > 0;
}

/** Every command, loaded: for the top-level help and for tests. */
export async function allCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(loaders).map(async (load) => (await load()).command));
}

/** A command's name as users type it: `trash ls`, but `info_set`. */
export function displayName(name: string): string {
  const [head = '', ...rest] = name.split('_');
  return rest.length > 0 && familyOf(head).includes(name) ? `${head} ${rest.join('_')}` : name;
}
