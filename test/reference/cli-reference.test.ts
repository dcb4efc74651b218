/**
 * docs/reference/cli and docs/reference/man are what the definitions say. After a change of a command:
 * `npx vitest run test/reference -u` updates them.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandHelp } from '../../packages/cli/src/definition/help.ts';
import { commandPage, manualPage, toolPage } from '../../packages/cli/src/definition/reference.ts';
import { allCommands } from '../../packages/cli/src/definition/registry.ts';

const commands = await allCommands();
const folder = '../../docs/reference';

test('the page of the tool is fresh', async () => {
  await expect(toolPage(commands)).toMatchFileSnapshot(`${folder}/cli/README.md`);
});

describe.each(commands)('$name', (command) => {
  test('its page and its manual page are fresh', async () => {
    await expect(commandPage(command)).toMatchFileSnapshot(`${folder}/cli/${command.name}.md`);
    const manual = `${folder}/man/onedrive-cli-${command.name.replaceAll('_', '-')}.1`;
    await expect(manualPage(command)).toMatchFileSnapshot(manual);
  });

  test('its help fits a terminal of 80 columns, but for examples', () => {
    const [body = ''] = commandHelp(command).split('\nExamples:');
    for (const line of body.split('\n').slice(1)) expect(line.length, line).toBeLessThanOrEqual(88);
  });

  test('it can be tried without doing anything, where it changes the drive', () => {
    const exempt = ['put', 'api'];
    if (command.access !== 'write' || exempt.includes(command.name)) return;
    if (/^(auth|config|jobs|profile)/.test(command.name)) return;
    expect(command.options.map(({ name }) => name)).toContain('dry-run');
  });
});

test('no page is left of a command that is gone', () => {
  const pages = readdirSync(new URL(`${folder}/cli`, import.meta.url)).filter((name) => name !== 'README.md');
  expect(pages.sort()).toEqual(commands.map(({ name }) => `${name}.md`).sort());
});
