/** The table of what Microsoft's sign-in errors mean: as long as promised, in whole sentences, with commands that exist. */
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseCommand, splitCommand } from '../../packages/cli/src/definition/parse.ts';
import { findCommand } from '../../packages/cli/src/definition/registry.ts';
import { hintText } from '../../packages/cli/src/output/hint-text.ts';
import { aadsts } from '../../packages/kit/src/auth/aadsts.ts';
import { refusalError } from '../../packages/kit/src/auth/oauth-fault.ts';
import { hintSentences, libraryHint } from '../../packages/kit/src/errors/hint.ts';

const rows = Object.entries(aadsts);

/** Numbers that the embedded sign-in service refuses with. */
async function refusedWith(): Promise<readonly string[]> {
  const folder = new URL('../../packages/server/src/identity/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  const numbers = texts.join('\n').matchAll(/(?:refuse|OAuthRefusal)\(\s*(\d{4,8}),/g);
  return [...new Set([...numbers].map(([, number]) => number ?? ''))];
}

describe('the table of AADSTS numbers', () => {
  it('explains more than forty, and all that the embedded service knows', async () => {
    expect(rows.length).toBeGreaterThan(40);
    const refused = await refusedWith();
    expect(refused.length).toBeGreaterThan(20);
    expect(refused.filter((number) => !(number in aadsts))).toEqual([]);
  });

  it.each(rows)(
    '%s: what it is and what to do, in the words of this program',
    (number, { code, what, next }) => {
      const description = `AADSTS${number}: Somebody's name. Trace ID: 11111111-2222-3333-4444-555555555555`;
      expect(refusalError({ error: 'invalid_grant', description })).toMatchObject({
        code,
        message: `Microsoft refused the sign-in: ${what} (AADSTS${number}, trace 11111111-2222-3333-4444-555555555555).`,
        hint: libraryHint(hintSentences(next)),
      });
      expect(what).toMatch(/^[a-z].*[^.]$/);
      expect(hintText(hintSentences(next))).toMatch(/^[A-Z`].*\.$/);
    },
  );

  it('names commands as they can be typed', async () => {
    const lines = new Set(
      rows.flatMap(([, { next }]) =>
        [...hintText(hintSentences(next)).matchAll(/onedrive-cli ([^`]+)/g)].map(([, line]) => line ?? ''),
      ),
    );
    expect(lines.size).toBeGreaterThan(1);
    for (const line of lines) {
      const { name = '', rest } = splitCommand(line.split(' '));
      const command = await findCommand(name);
      expect(command, line).toBeDefined();
      if (command) expect(() => parseCommand(command, rest), line).not.toThrow();
    }
  });
});
