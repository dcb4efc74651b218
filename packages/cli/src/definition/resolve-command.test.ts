import { describe, expect, test } from 'vitest';
import { bareNouns, everydayAliases, formerNames, phraseAliases } from './aliases.ts';
import { canonicalName, commandNames, familyOf, findCommand } from './registry.ts';
import { resolveCommand, resolveName } from './resolve-command.ts';

const nameOf = async (line: string): Promise<string> => {
  const [name = '', ...rest] = line.split(' ');
  const { command, words } = await resolveCommand(name, rest);
  return [command.name, ...words].join(' ');
};

describe('nouns and verbs', () => {
  test.each([
    ['trash list', 'trash_list'],
    ['trash ls', 'trash_list'],
    ['trash', 'trash_list'],
    ['--local trash ls', 'trash_list --local'],
    ['versions report.docx', 'versions_list report.docx'],
    ['versions ls report.docx', 'versions_list report.docx'],
    ['permissions rm a.txt x', 'permissions_delete a.txt x'],
    ['comments add a.txt hi', 'comments_create a.txt hi'],
    ['links create a.txt', 'link a.txt'],
    ['config list', 'config_show'],
  ])('%s', async (line, expected) => {
    const words = line.startsWith('-') ? line.replace(/^(\S+) (\S+)/, '$2 $1') : line;
    expect(await nameOf(words)).toBe(expected);
  });

  test('no command has a short verb as its name, and a noun that stands alone has the verb that it stands for', () => {
    for (const name of commandNames) expect(name).not.toMatch(/_(ls|rm|add|search)$/);
    for (const [noun, verb] of Object.entries(bareNouns)) expect(familyOf(noun)).toContain(`${noun}_${verb}`);
  });
});

describe('names of release 0.1 and of python-onedrive', () => {
  test.each([
    ['info a.txt', 'info_get a.txt'],
    ['info', 'info_get'],
    ['info_set a.txt {}', 'info_set a.txt {}'],
    ['info-set a.txt {}', 'info_set a.txt {}'],
    ['comments a.txt', 'comments_list a.txt'],
    ['comment_add a.txt hi', 'comments_create a.txt hi'],
    ['comment add a.txt hi', 'comments_create a.txt hi'],
    ['comment delete x', 'comments_delete x'],
    ['comment_delete x', 'comments_delete x'],
    ['links revoke a.txt', 'links_delete a.txt'],
    ['links_revoke a.txt', 'links_delete a.txt'],
    ['jobs', 'jobs_list'],
    ['jobs rm 1', 'jobs_delete 1'],
    ['jobs_rm 1', 'jobs_delete 1'],
    ['trash_ls', 'trash_list'],
    ['sites search team', 'sites_list team'],
    ['auth-refresh', 'auth_refresh'],
  ])('%s', async (line, expected) => {
    expect(await nameOf(line)).toBe(expected);
  });

  test('an object called like a verb can be shown', async () => {
    expect(await nameOf('info set')).toBe('info_get set');
    expect(await nameOf('comments list')).toBe('comments_list list');
    expect(await nameOf('info -k id get')).toBe('info_get -k id get');
    expect(await nameOf('info set --help')).toBe('info_set --help');
  });

  test('each leads to a command, and none is the name of one', async () => {
    for (const table of [everydayAliases, phraseAliases, formerNames])
      for (const [alias, name] of Object.entries(table)) {
        expect(commandNames, alias).toContain(name);
        expect(commandNames).not.toContain(alias);
        expect((await findCommand(alias))?.name).toBe(name);
      }
  });
});

describe('mistyped verbs', () => {
  test.each(['versions lsit report.docx', 'trash lst', 'jobs resme', 'config shw', 'drives foo'])(
    '%s names the verbs',
    async (line) => {
      await expect(nameOf(line)).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringMatching(/^"\w+" has no subcommand "\w+"/),
      });
    },
  );

  test('resolving loads nothing and knows no other word', () => {
    expect(resolveName('nope', [])).toBeUndefined();
    expect(canonicalName('constructor')).toBeUndefined();
    expect(canonicalName('trash_nope')).toBeUndefined();
  });
});
