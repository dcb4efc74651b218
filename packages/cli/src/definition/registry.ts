/**
 * The table of commands: the name and how to load it. Loading is lazy, so that a run loads only what it uses. Help texts
 * stand in the command files; the top-level help is composed from them when the bundle is built.
 */
import { bareNouns, everydayAliases, formerNames, phraseAliases, verbAliases } from './aliases.ts';
import type { Command } from './command.ts';

type Load = () => Promise<{ readonly command: Command }>;

/** Names with underscores, `noun_verb` or one word ({@link findCommand} accepts dashes too), in the order of the help. */
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
  check: () => import('../commands/check.ts'),
  open: () => import('../commands/open.ts'),
  find: () => import('../commands/find.ts'),
  search: () => import('../commands/search.ts'),
  du: () => import('../commands/du.ts'),
  dups: () => import('../commands/dups.ts'),
  tree: () => import('../commands/tree.ts'),
  info_get: () => import('../commands/info/get.ts'),
  stat: () => import('../commands/stat.ts'),
  cat: () => import('../commands/cat.ts'),
  head: () => import('../commands/head.ts'),
  recent: () => import('../commands/recent.ts'),
  get: () => import('../commands/get.ts'),
  put: () => import('../commands/put.ts'),
  jobs_list: () => import('../commands/jobs/list.ts'),
  jobs_resume: () => import('../commands/jobs/resume.ts'),
  jobs_delete: () => import('../commands/jobs/delete.ts'),
  mkdir: () => import('../commands/mkdir.ts'),
  cp: () => import('../commands/cp.ts'),
  mv: () => import('../commands/mv.ts'),
  touch: () => import('../commands/touch.ts'),
  rm: () => import('../commands/rm.ts'),
  link: () => import('../commands/link.ts'),
  drives_list: () => import('../commands/drives/list.ts'),
  sites_list: () => import('../commands/sites/list.ts'),
  sites_get: () => import('../commands/sites/get.ts'),
  thumbnails: () => import('../commands/thumbnails.ts'),
  preview: () => import('../commands/preview.ts'),
  versions_list: () => import('../commands/versions/list.ts'),
  versions_get: () => import('../commands/versions/get.ts'),
  versions_restore: () => import('../commands/versions/restore.ts'),
  versions_prune: () => import('../commands/versions/prune.ts'),
  restore: () => import('../commands/restore.ts'),
  permissions_list: () => import('../commands/permissions/list.ts'),
  permissions_set: () => import('../commands/permissions/set.ts'),
  permissions_delete: () => import('../commands/permissions/delete.ts'),
  links_list: () => import('../commands/links/list.ts'),
  links_delete: () => import('../commands/links/delete.ts'),
  share: () => import('../commands/share.ts'),
  shared_list: () => import('../commands/shared/list.ts'),
  trash_list: () => import('../commands/trash/list.ts'),
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
  comments_list: () => import('../commands/comments/list.ts'),
  comments_create: () => import('../commands/comments/create.ts'),
  comments_delete: () => import('../commands/comments/delete.ts'),
  version: () => import('../commands/version.ts'),
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

/** The name of every command, with underscores: `ls`, `trash_list`. */
export const commandNames: readonly string[] = Object.keys(loaders);

/** The canonical name for a typed one, with underscores or dashes; undefined if there is none. */
export function canonicalName(typed: string): string | undefined {
  const name = typed.replaceAll('-', '_');
  if (Object.hasOwn(loaders, name)) return name;
  if (Object.hasOwn(everydayAliases, name)) return everydayAliases[name];
  if (Object.hasOwn(formerNames, name)) return formerNames[name];
  if (Object.hasOwn(bareNouns, name)) return `${name}_${bareNouns[name] ?? ''}`;
  const [noun = '', ...rest] = name.split('_');
  return rest.length === 0 ? undefined : nameOfVerb(noun, rest.join('_'));
}

/** The command for a noun and a typed verb: `versions_list` for `versions` and `ls`; undefined if there is none. */
export function nameOfVerb(noun: string, verb: string): string | undefined {
  const typed = `${noun}_${verb.replaceAll('-', '_')}`;
  if (Object.hasOwn(loaders, typed)) return typed;
  if (Object.hasOwn(formerNames, typed)) return formerNames[typed];
  if (Object.hasOwn(phraseAliases, typed)) return phraseAliases[typed];
  const name = `${noun}_${verbAliases[verb] ?? ''}`;
  return Object.hasOwn(verbAliases, verb) && Object.hasOwn(loaders, name) ? name : undefined;
}

/** Loads the command with this name or alias, with underscores or dashes; undefined if there is none. */
export async function findCommand(typed: string): Promise<Command | undefined> {
  const name = canonicalName(typed);
  return name === undefined ? undefined : (await loaders[name]?.())?.command;
}

/** The commands of a noun: `trash_list`, `trash_restore`, `trash_empty` of `trash`; none if the word is not a noun. */
export function familyOf(typed: string): readonly string[] {
  return commandNames.filter((name) => name.startsWith(`${typed}_`));
}

/** Whether this word is a noun, which verbs follow. */
export function hasSubcommands(typed: string): boolean {
  return familyOf(typed).length > 0;
}

/** Every command, loaded: for the top-level help and for tests. */
export async function allCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(loaders).map(async (load) => (await load()).command));
}

/** A command's name as users type it: `trash list`. */
export function displayName(name: string): string {
  return name.replace('_', ' ');
}
