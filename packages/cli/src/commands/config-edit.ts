/** `config edit`: the file in an editor; what cannot be used is told before it counts. */
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import { defineCommand } from '../definition/command.ts';
import { setting } from '../session/setting.ts';

export const command = defineCommand({
  name: 'config_edit',
  group: 'account',
  summary: 'Open the configuration file in an editor, and check it afterwards',
  description: 'The editor is VISUAL or EDITOR, else vi (notepad on Windows).',
  examples: [{ line: 'config edit', note: 'with the editor of the environment' }],
  async run(context) {
    const file = await context.configFile();
    if (!context.runEditor) throw new OneDriveError('not-supported', 'There is no editor here.');
    if ((await file.text()) === undefined) await file.change([{ path: ['client', 'id'], value: '' }]);
    const editor =
      setting(context.env['VISUAL']) ??
      setting(context.env['EDITOR']) ??
      (context.platform === 'win32' ? 'notepad' : 'vi');
    const status = await context.runEditor(editor, file.path).catch((cause: unknown) => {
      throw new OneDriveError('local-file', `The editor ${editor} cannot be started.`, {
        cause,
        hint: 'Name another one in EDITOR.',
      });
    });
    if (status !== 0)
      throw new OneDriveError('local-file', `The editor ended with status ${String(status)}.`);
    await file.load().catch(savedAllTheSame);
    await context.note(`${file.path} is good.`);
  },
});

/** The editor has saved what nobody can read now. */
function savedAllTheSame(error: unknown): never {
  if (!isOneDriveError(error)) throw error;
  throw new OneDriveError(error.code, error.message, {
    cause: error,
    hint: 'The file was saved unchanged. Correct that line: onedrive-cli config edit',
  });
}
