/** The scripts are programs of their shells: each that is installed here must at least read its own. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { completionScripts } from '../../packages/cli/src/completion/scripts.ts';

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  const there = spawnSync(shell, ['-c', 'true']).status === 0;
  it.skipIf(!there)('reads its script', () => {
    // Through a pipe: fish does not read from the socket that Node makes.
    const { status, stderr } = spawnSync('sh', ['-c', `cat | ${shell} -n`], {
      input: completionScripts[shell],
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});

it('bash offers what the program prints, quoted where it has to be', () => {
  const program = `onedrive-cli() { printf '%s\\n' 'Docs/' 'b c.txt'; }
${completionScripts.bash}
COMP_LINE='onedrive-cli get ' COMP_POINT=17
compopt() { :; }
_onedrive_cli onedrive-cli '' get
printf '<%s>' "\${COMPREPLY[@]}"`;
  expect(spawnSync('bash', { input: program, encoding: 'utf8' }).stdout).toBe('<Docs/><b\\ c.txt>');
});

describe('PowerShell, which cannot be run here,', () => {
  const script = completionScripts.powershell;
  const [, bare = ''] = /-match '([^']+)'/.exec(script) ?? [];
  const [, quotes = ''] = /-replace '\((.+?)\)', '\$1\$1'/.exec(script) ?? [];

  it('asks as the other shells do, with a -- that its own scripts hand on', () => {
    expect(script).toContain("onedrive-cli complete '--' @words 2>$null");
  });

  it('writes "" for a word of which nothing is typed', () => {
    expect(script).toContain(`if ($wordToComplete -eq '') { $words += '""' }`);
  });

  it.each(['Documents/', '--json', 'a.txt', 'käse', 'a=b', '日本.txt'])('leaves %j as it is', (name) => {
    expect(name).toMatch(new RegExp(bare.replaceAll('\\w', '\\p{L}\\p{N}_'), 'u'));
  });

  it.each([
    'b c',
    "it's",
    '$x',
    '`id`',
    'a;b',
    'a,b',
    'a&b',
    '@x',
    '#x',
    '(x)',
    '{x}',
    '~x',
    'it’s',
    'a\u00a0b',
  ])('quotes %j', (name) => {
    expect(name).not.toMatch(new RegExp(bare.replaceAll('\\w', '\\p{L}\\p{N}_'), 'u'));
  });

  it('doubles each character that it takes for a single quote', () => {
    const doubled = "it's ‘a’ ‚b‛".replace(new RegExp(quotes.replaceAll("''", "'"), 'g'), '$&$&');
    expect(doubled).toBe("it''s ‘‘a’’ ‚‚b‛‛");
  });
});
