import { expect, test } from 'vitest';
import { fullHelp, nounHelp, toolHelp } from './help.ts';
import { allCommands, familyOf } from './registry.ts';

const commands = await allCommands();

test('the help of the tool fits one screen of 40 lines and 80 columns', () => {
  const lines = toolHelp(commands).replace(/\n$/, '').split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
});

test('it names the first word of every command, and help all every command', () => {
  const [short, full] = [toolHelp(commands), fullHelp(commands)];
  for (const { name, summary } of commands) {
    if (name === 'complete') continue;
    expect(short, name).toMatch(new RegExp(`[ ]${name.split('_')[0] ?? name}\\b`));
    expect(full.replaceAll(/\s+/g, ' '), name).toContain(summary);
  }
});

test('the help of a noun lists its subcommands', () => {
  const family = commands.filter(({ name }) => familyOf('trash').includes(name));
  expect(nounHelp('trash', family)).toMatch(/trash list .*\n.*trash restore[\s\S]*trash empty/);
});
