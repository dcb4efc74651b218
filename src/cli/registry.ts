/**
 * The table of commands: a name and how to load it. Loading is lazy, so that a command costs only what it uses; the
 * words of the help live with the commands, and the top-level help is composed from them when the bundle is built.
 */
import type { Command } from './command.ts';

type Load = () => Promise<{ readonly command: Command }>;

/** Names with underscores; {@link findCommand} takes dashes too. In the order of the help. */
const loaders: Readonly<Record<string, Load>> = {
  auth: () => import('./commands/auth.ts'),
  auth_refresh: () => import('./commands/auth-refresh.ts'),
  user: () => import('./commands/user.ts'),
  quota: () => import('./commands/quota.ts'),
  ls: () => import('./commands/ls.ts'),
  tree: () => import('./commands/tree.ts'),
  info: () => import('./commands/info.ts'),
  recent: () => import('./commands/recent.ts'),
  get: () => import('./commands/get.ts'),
  put: () => import('./commands/put.ts'),
  mkdir: () => import('./commands/mkdir.ts'),
  cp: () => import('./commands/cp.ts'),
  mv: () => import('./commands/mv.ts'),
  rm: () => import('./commands/rm.ts'),
  link: () => import('./commands/link.ts'),
  info_set: () => import('./commands/info-set.ts'),
  comments: () => import('./commands/comments.ts'),
  comment_add: () => import('./commands/comment-add.ts'),
  comment_delete: () => import('./commands/comment-delete.ts'),
  api: () => import('./commands/api.ts'),
  migrate: () => import('./commands/migrate.ts'),
  serve: () => import('./commands/serve.ts'),
};

/** Every command's name, as the older tool spelled it. */
export const commandNames: readonly string[] = Object.keys(loaders);

/** Loads the command that `typed` names, with underscores or dashes; undefined when there is none. */
export async function findCommand(typed: string): Promise<Command | undefined> {
  const name = typed.replaceAll('-', '_');
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  return load && (await load()).command;
}

/** Every command, loaded: for the top-level help and for tests. */
export async function allCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(loaders).map(async (load) => (await load()).command));
}
