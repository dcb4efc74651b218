/** `cp` where the response to the start of the copy is lost. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CommandLine, commandLine, type Lie, response } from './command-line.ts';

let cli: CommandLine;
beforeEach(async () => {
  cli = await commandLine({
    accounts: [
      { drive: { files: { 'a.txt': 'hello', Docs: { folder: { 'b.txt': 'b' } }, To: { folder: {} } } } },
    ],
  });
});
afterEach(() => cli.close());

/** Answers 504 to the first start of a copy; with `takesEffect`, the service has made the copy all the same. */
function losingTheFirst(takesEffect: boolean): Lie {
  let starts = 0;
  return async (request, next) => {
    if (!request.url.endsWith('/copy') && !request.url.includes('/copy?')) return next();
    if (++starts > 1) return next();
    if (takesEffect) await next();
    return response(504, { error: { code: 'gatewayTimeout', message: 'late' } });
  };
}

test.each([
  ['a.txt', true],
  ['a.txt', false],
  ['Docs', true],
])(
  'the copy of %s is there once, whether the lost attempt took effect or not (%s)',
  async (source, takesEffect) => {
    const { status, err } = await cli.run(`cp ${source} To`, { lie: losingTheFirst(takesEffect) });
    expect(err).toBe('');
    expect(status).toBe(0);
    expect((await cli.run('ls To')).out).toBe(`- ${source}\n`);
  },
);

test('an item that was there ten minutes before the first attempt is a conflict, also after a lost response', async () => {
  await cli.close();
  let now = Date.UTC(2026, 0, 15, 11);
  const clock = { now: () => now, sleep: async () => undefined };
  cli = await commandLine({ clock, accounts: [{ drive: { files: { 'b.txt': 'b', To: { folder: {} } } } }] });
  await cli.run('cp b.txt To');
  now += 600_000;
  const { status } = await cli.run('cp b.txt To', { lie: losingTheFirst(true) });
  expect(status).toBe(5);
});
