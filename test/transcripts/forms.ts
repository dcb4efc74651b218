/**
 * For every command a call that prints something, and the drive that it is typed against. Each is typed in every form
 * of output (forms.test.ts) and compared with a file that was read by eye. A command without a call here fails.
 */

/** How to type a command. */
export interface Call {
  /** After the name: words as a shell would take them. */
  readonly words?: string;
  /** Typed before it on the same machine, as transcripts do. */
  readonly before?: readonly string[];
  /** Of `--columns`; what a row of this command has. */
  readonly columns?: string;
  /** Default: business. */
  readonly account?: 'personal' | 'business' | 'none';
  /** It changes the drive: a machine of its own for each form. */
  readonly changes?: true;
}

const link = 'onedrive-cli link a.txt';

/** Calls by the name of the command. */
export const calls: Readonly<Record<string, Call>> = {
  auth: { account: 'none' },
  auth_login: { account: 'none' },
  auth_status: {},
  auth_list: {},
  auth_switch: { words: '--dry-run default', columns: 'action,object' },
  auth_register: { words: '--letter' },
  auth_logout: { words: '--dry-run', columns: 'action,object' },
  auth_revoke: { words: '--dry-run', columns: 'action,object' },
  auth_refresh: {},
  user: { columns: 'displayName,mail' },
  quota: { columns: 'state,used' },
  ls: { columns: 'name,size' },
  check: { words: 'a.txt a.txt', columns: 'path' },
  open: { words: 'a.txt' },
  version: {},
  find: { words: "-n '*.txt'", columns: 'path,size' },
  search: { words: 'a', columns: 'name,size' },
  du: { columns: 'path,size,files' },
  dups: { columns: 'size,wasted' },
  tree: { columns: 'name' },
  info_get: { words: 'a.txt', columns: 'name,size' },
  stat: { words: 'a.txt Docs', columns: 'path,type,size' },
  cat: { words: 'a.txt' },
  head: { words: 'a.txt' },
  recent: { columns: 'name' },
  get: { words: 'a.txt -', columns: 'name' },
  put: { words: 'a.txt Docs', columns: 'name,size' },
  jobs_list: {},
  jobs_resume: {},
  jobs_delete: { words: '0000' },
  mkdir: { words: 'New', columns: 'name', changes: true },
  cp: { words: 'a.txt b.txt', columns: 'name,size', changes: true },
  mv: { words: 'a.txt b.txt', columns: 'name,size', changes: true },
  touch: { words: '-t 2026-01-02 a.txt', columns: 'name,size' },
  rm: { words: '--dry-run a.txt Docs', columns: 'action,object' },
  link: { words: 'a.txt', columns: 'link.type' },
  drives_list: { columns: 'name,driveType' },
  sites_list: { words: 'team', columns: 'displayName' },
  sites_get: { words: 'contoso.sharepoint.com:/sites/team', columns: 'displayName' },
  thumbnails: { words: 'a.txt' },
  preview: { words: 'a.txt', columns: 'url' },
  versions_list: { words: 'a.txt', columns: 'id,size' },
  versions_get: { words: 'a.txt 1.0' },
  versions_restore: { words: '--dry-run a.txt 1.0', columns: 'action,object' },
  versions_prune: { words: '--dry-run a.txt', columns: 'action,object,size' },
  restore: { words: '--dry-run --before 1h Docs', columns: 'action,path' },
  permissions_list: { words: 'a.txt', columns: 'roles' },
  permissions_set: { words: '--dry-run --role read a.txt p', columns: 'action,object' },
  permissions_delete: { words: '--dry-run a.txt p', columns: 'action,object' },
  links_list: { words: 'a.txt', before: [link], columns: 'type,scope' },
  links_delete: { words: '--dry-run a.txt p', columns: 'action,object' },
  share: { words: 'a.txt bo@contoso.onmicrosoft.com', columns: 'roles', changes: true },
  shared_list: { words: '--audit', before: [link], columns: 'path,who' },
  trash_list: { before: ['onedrive-cli rm a.txt'], columns: 'name' },
  trash_restore: { words: '--dry-run a.txt', before: ['onedrive-cli rm a.txt'], columns: 'action,object' },
  trash_empty: { words: '--dry-run', before: ['onedrive-cli rm a.txt'], columns: 'action,object' },
  checkout: { words: '--dry-run a.txt', columns: 'action,object' },
  checkin: { words: '--dry-run a.txt', columns: 'action,object' },
  fields: { words: 'a.txt', columns: 'Title' },
  hashsum: { words: 'a.txt', columns: 'path' },
  watch: { words: '--once' },
  edit: { words: '--dry-run a.txt', before: ['set EDITOR ed'] },
  delta: { columns: 'name' },
  info_set: { words: `a.txt '{"description": "d"}'`, columns: 'name,description', account: 'personal' },
  comments_list: { words: 'a.txt' },
  comments_create: { words: 'a.txt hello' },
  comments_delete: { words: 'comment.1' },
  api: { words: "GET '/me/drive?$select=driveType'", columns: 'driveType' },
  migrate: { words: '--dry-run' },
  config_show: {},
  config_get: { words: 'tenant' },
  config_set: { words: '--dry-run tenant contoso.com', columns: 'action,object' },
  config_edit: { before: ['set EDITOR ed'] },
  config_path: {},
  config_check: {},
  doctor: { words: '--help' },
  completion: { words: 'fish' },
  complete: { words: '-- ve' },
  serve: { words: '--port nonsense' },
};

/** What every form is asked for. */
export const forms = (columns = 'name'): readonly string[] => [
  '',
  '--json',
  '--ndjson',
  '--csv',
  '--table',
  `--columns ${columns}`,
  "--query 'type(@)'",
  '-0',
];
