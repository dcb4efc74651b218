/** Every command that changes something can print what it would do instead. A new command is in one of the lists, or fails. */
import { expect, it } from 'vitest';
import { allCommands } from './registry.ts';

/** They change nothing of anybody's: what they read they print, or write into a file that was named. */
const readers = new Set(
  `auth_status auth_list user quota ls check open version find search du dups tree info_get stat cat head recent jobs_list drives_list
  sites_list sites_get versions_list versions_get permissions_list links_list shared_list trash_list hashsum thumbnails
  preview watch delta comments_list config_show config_get config_path config_check doctor completion complete`.split(
    /\s+/,
  ),
);

/** They ask a person, or run until they are stopped: there is nothing to foresee. */
const conversations = new Set([
  'auth',
  'auth_login',
  'auth_register',
  'auth_refresh',
  'config_edit',
  'serve',
]);

it('every other command takes --dry-run', async () => {
  const without = (await allCommands()).filter(
    ({ name, options }) =>
      !readers.has(name) && !conversations.has(name) && !options.some((option) => option.name === 'dry-run'),
  );
  expect(without.map(({ name }) => name)).toEqual([]);
});

it('what writes in the drive is in neither list', async () => {
  const writers = (await allCommands()).filter(({ access }) => access === 'write').map(({ name }) => name);
  expect(writers.filter((name) => readers.has(name) || conversations.has(name))).toEqual([]);
});
