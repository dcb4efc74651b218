/** `config check`: is the file good? */
import { defineCommand } from '../definition/command.ts';
import { exitCodes } from '../definition/exit-codes.ts';

export const command = defineCommand({
  name: 'config_check',
  group: 'account',
  summary: 'Check the configuration file',
  description: 'Tells everything that is wrong, with its line, and keys that nothing reads.',
  examples: [{ line: 'config check', note: 'exit status 10 where it cannot be used' }],
  async run(context) {
    const { checkConfig } = await import('../../config/check-config.ts');
    const file = await context.configFile();
    const text = await file.text();
    const findings = checkConfig(file.path, text ?? '');
    if (context.flags.json) await context.print({ path: file.path, exists: text !== undefined, findings });
    for (const { level, key, line, message } of context.flags.json ? [] : findings) {
      const place = line === 0 ? file.path : `${file.path}:${String(line)}`;
      await context.streams.stdout.write(`${place}: ${level}: ${key === '' ? '' : `${key}: `}${message}\n`);
    }
    const bad = findings.some(({ level }) => level === 'error');
    if (findings.length === 0)
      await context.note(`${file.path} is good${text === undefined ? ' (there is none)' : ''}.`);
    return bad ? exitCodes.config : exitCodes.ok;
  },
});
