/** The scripts are programs of their shells: each that is installed here must at least read its own. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { completionScripts } from '../src/cli/completion/scripts.ts';

const checks = {
  bash: ['bash', ['-n']],
  zsh: ['zsh', ['-n']],
  fish: ['fish', ['--no-execute']],
} as const;

describe.each(Object.entries(checks))('%s', (shell, [program, args]) => {
  const there = spawnSync(program, ['-c', 'true']).status === 0;
  it.skipIf(!there)('reads its script', () => {
    const input = completionScripts[shell as keyof typeof checks];
    const { status, stderr } = spawnSync(program, [...args], { input, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});

it('bash offers what the program prints, quoted where it has to be', () => {
  const program = `onedrive-cli() { printf '%s\\n' 'Docs/' 'b c.txt'; }
${completionScripts.bash}
COMP_WORDS=(onedrive-cli get '') COMP_CWORD=2
compopt() { :; }
_onedrive_cli
printf '<%s>' "\${COMPREPLY[@]}"`;
  expect(spawnSync('bash', { input: program, encoding: 'utf8' }).stdout).toBe('<Docs/><b\\ c.txt>');
});
