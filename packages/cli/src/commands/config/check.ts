/** `config check`: reports problems in the configuration file. */
import { defineCommand } from '../../definition/command.ts';
import { exitCodes } from '../../definition/exit-codes.ts';
import { wantsObjects } from '../../output/printer.ts';

export const command = defineCommand({
  name: 'config_check',
  group: 'account',
  summary: 'Check the configuration file',
  description: 'Reports each error and each unknown key with its line.',
  examples: [{ line: 'config check', note: 'exit with 10 if the file has errors' }],
  async run(context) {
    const { checkConfig } = await import('onedrive-kit/internal/config/check-config');
    const file = await context.configFile();
    const text = await file.text();
    const findings = checkConfig(file.path, text ?? '');
    const objects = wantsObjects(context.flags);
    if (objects) await context.print({ path: file.path, exists: text !== undefined, findings });
    for (const { level, key, line, message } of objects ? [] : findings) {
      const position = line === 0 ? file.path : `${file.path}:${String(line)}`;
      await context.streams.stdout.write(
        `${position}: ${level}: ${key === '' ? '' : `${key}: `}${message}\n`,
      );
    }
    const hasErrors = findings.some(({ level }) => level === 'error');
    if (findings.length === 0)
      await context.note(
        text === undefined
          ? `${file.path} does not exist; defaults apply.`
          : `${file.path}: no problems found.`,
      );
    return hasErrors ? exitCodes.config : exitCodes.ok;
  },
});
