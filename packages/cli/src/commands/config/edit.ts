/** `config edit`: opens the configuration file in an editor and reports errors afterwards. */
import { isOneDriveError, OneDriveError } from 'onedrive-kit/errors';
import { defineCommand } from '../../definition/command.ts';
import { setting } from '../../session/setting.ts';

export const command = defineCommand({
  name: 'config_edit',
  group: 'account',
  summary: 'Open the configuration file in an editor, and check it afterwards',
  description: 'Uses the editor in VISUAL or EDITOR. Default: vi (notepad on Windows).',
  examples: [{ line: 'config edit', note: 'edit and check' }],
  async run(context) {
    const file = await context.configFile();
    if (!context.runEditor) throw new OneDriveError('not-supported', 'No editor is available here.');
    if ((await file.text()) === undefined) await file.change([{ path: ['client', 'id'], value: '' }]);
    const editor =
      setting(context.env['VISUAL']) ??
      setting(context.env['EDITOR']) ??
      (context.platform === 'win32' ? 'notepad' : 'vi');
    const status = await context.runEditor(editor, file.path).catch((cause: unknown) => {
      throw new OneDriveError('local-file', `Cannot start the editor "${editor}".`, {
        cause,
        hint: 'Set EDITOR to another editor.',
      });
    });
    if (status !== 0)
      throw new OneDriveError('local-file', `The editor exited with status ${String(status)}.`);
    await file.load().catch(savedWithErrors);
    await context.note(`${file.path}: no problems found.`);
  },
});

/** Adds a hint to the error of a saved file that cannot be used. */
function savedWithErrors(error: unknown): never {
  if (!isOneDriveError(error)) throw error;
  throw new OneDriveError(error.code, error.message, {
    cause: error,
    hint: 'The file has been saved with this error. To correct it: onedrive-cli config edit',
  });
}
