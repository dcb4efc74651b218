/** `put`: uploads a file. */
import {
  itemKind,
  type OnProgress,
  parsePath,
  pathSource,
  resolve,
  type UploadInput,
} from '../../drive/index.ts';
import { OneDriveError } from '../../errors/onedrive-error.ts';
import type { ItemRef } from '../../graph/item-ref.ts';
import { abortable } from '../abortable.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { pathOf } from '../local-path.ts';
import { progressBar } from '../output/progress.ts';

export const command = defineCommand({
  name: 'put',
  group: 'change',
  summary: 'Upload a file',
  description:
    'A file of that name in the folder is replaced, unless -n says otherwise. Files of any\nsize are streamed. From stdin (-) the last part of FOLDER is the name, unless --name\ngives one.',
  arguments: [
    { name: 'file', description: 'local file, or - for stdin' },
    {
      name: 'folder',
      description: 'path or id of the folder (default: the root of the drive)',
      optional: true,
    },
  ],
  options: [
    { name: 'no-overwrite', short: 'n', description: 'a name that is taken is a conflict (exit status 5)' },
    { name: 'name', value: 'NAME', description: 'name in the drive (default: that of the local file)' },
  ],
  examples: [
    { line: 'put report.docx Documents', note: 'into Documents' },
    { line: 'put -n report.docx', note: 'into the root, if nothing of that name is there' },
    { line: 'put - Backups/db.sql < dump.sql', note: 'from stdin' },
  ],
  async run(context, { file, folder }, options) {
    const place =
      file === '-' ? stdinPlace(folder, options.name) : { folder: folder ?? '', name: options.name };
    const input = await inputOf(file, context);
    const name = place.name ?? pathOf(context).basename(file);
    const conflict = options['no-overwrite'] ? 'fail' : 'replace';
    const bar = progressBar({
      stderr: context.streams.stderr,
      clock: context.clock,
      quiet: context.flags.quiet,
      label: name,
    });
    try {
      const drive = await context.drive();
      const into = await folderRef(place.folder, context);
      const onProgress: OnProgress = ({ loaded, total }) => bar.update(loaded, total);
      const { item } = await drive.upload(input, into, { ...context.call, name, conflict, onProgress });
      await context.result(item);
    } finally {
      await bar.end();
      if (typeof input === 'object' && 'close' in input) await input.close();
    }
  },
});

interface Place {
  readonly folder: string;
  readonly name: string | undefined;
}

/** `put - Backups/db.sql`: the last part is the name. */
function stdinPlace(folder: string | undefined, name: string | undefined): Place {
  if (name !== undefined) return { folder: folder ?? '', name };
  const names = parsePath(folder ?? '');
  const last = names.pop();
  if (last === undefined || folder?.endsWith('/') === true) {
    throw new OneDriveError('usage', 'stdin has no name: say what the file is to be called.', {
      hint: 'Write the name last (put - Backups/db.sql), or give it with --name.',
    });
  }
  return { folder: names.join('/'), name: last };
}

/** Local files are opened before anything is sent. @throws OneDriveError `local-file`. */
async function inputOf(file: string, context: Context): Promise<UploadInput> {
  if (file === '-') return { stream: abortable(context.streams.stdin.bytes(), context.signal) };
  return pathSource(context.fs, context.localPath(file));
}

/** The service makes folders on the way of an upload; a folder that is not there is more often a slip of the pen. */
async function folderRef(folder: string, context: Context): Promise<ItemRef> {
  const ref = resolve(folder, context.as);
  if (ref.path.length === 0) return ref;
  const drive = await context.drive();
  const item = await drive.stat(ref, context.call);
  if (itemKind(item) === 'folder') return ref;
  throw new OneDriveError('not-supported', `${folder} is not a folder, so nothing can be put into it.`, {
    hint: 'Name the folder that the file goes into; its name in the drive is --name.',
  });
}
