/**
 * Other names of commands: short verbs, nouns without a verb, names that other tools use, and hidden names of release 0.1
 * and of python-onedrive. Tables only.
 */

/** Short verbs, for every noun that has the long one. */
export const verbAliases: Readonly<Record<string, string>> = {
  ls: 'list',
  rm: 'delete',
  add: 'create',
};

/** The verb of a noun that stands alone: `jobs` is `jobs list`, `comments OBJECT` is `comments list OBJECT`. */
export const bareNouns: Readonly<Record<string, string>> = {
  trash: 'list',
  drives: 'list',
  versions: 'list',
  permissions: 'list',
  links: 'list',
  shared: 'list',
  sites: 'list',
  comments: 'list',
  jobs: 'list',
  info: 'get',
};

/** Alternative names of everyday commands, known from other tools. */
export const everydayAliases: Readonly<Record<string, string>> = {
  dir: 'ls',
  list: 'ls',
  copy: 'cp',
  move: 'mv',
  delete: 'rm',
  del: 'rm',
  remove: 'rm',
  download: 'get',
  upload: 'put',
  login: 'auth_login',
  logout: 'auth_logout',
  whoami: 'user',
  size: 'du',
};

/** A noun and a verb that lead to a command with another name. */
export const phraseAliases: Readonly<Record<string, string>> = {
  config_list: 'config_show',
  config_ls: 'config_show',
  links_create: 'link',
  links_add: 'link',
  permissions_create: 'share',
  permissions_add: 'share',
};

/** Names of release 0.1 and of python-onedrive: they work, and no help or completion shows them. */
export const formerNames: Readonly<Record<string, string>> = {
  comment_add: 'comments_create',
  comment_delete: 'comments_delete',
  links_revoke: 'links_delete',
  sites_search: 'sites_list',
};

/** The names to show beside that of a command, as users type them. */
export function aliasesOf(name: string): readonly string[] {
  const [noun = '', verb] = name.split('_');
  const short = Object.keys(verbAliases).filter((alias) => verb !== undefined && verbAliases[alias] === verb);
  const phrases = Object.keys(phraseAliases).filter((alias) => phraseAliases[alias] === name);
  return [
    ...Object.keys(everydayAliases).filter((alias) => everydayAliases[alias] === name),
    ...(verb !== undefined && bareNouns[noun] === verb ? [noun] : []),
    ...short.map((alias) => `${noun} ${alias}`),
    ...phrases.map((alias) => alias.replace('_', ' ')),
  ];
}
