/** `get`: downloads files and folders. */
import { parseByteRange } from 'onedrive-kit/drive';
import { getOne } from '../actions/get-file.ts';
import { getSeveral, getTree } from '../actions/get-several.ts';
import { defineCommand } from '../definition/command.ts';
import { remoteGlob } from '../transfer/get-folder.ts';
import { treeOptions } from '../transfer/tree-options.ts';

export const command = defineCommand({
  name: 'get',
  group: 'change',
  access: 'read',
  summary: 'Download files and folders (one file to stdout by default)',
  description:
    'If TARGET is an existing folder, or ends with a slash, the files go into it; otherwise\nit is the new name of the one file. Several files need a folder as TARGET. Downloads to\na .part file, which is verified against size and hash and then renamed. The modification\ntime is preserved. Output to stdout is verified only after it has been written. Binary\ncontent is not written to a terminal unless - is given.',
  arguments: [
    { name: 'file', description: 'paths or ids', names: 'item', variadic: true, expands: true },
    {
      name: 'target',
      description: 'local folder or new name, or - for stdout (default: stdout)',
      optional: true,
      names: 'local',
    },
  ],
  options: [
    ...treeOptions,
    { name: 'no-overwrite', short: 'n', description: 'do not overwrite local files' },
    {
      name: 'map-names',
      description: 'for folders: restore local names that `put --map-names` has replaced',
    },
    {
      name: 'keep-mismatch',
      description: 'keep a file even if its size and hash differ from those that the service reports',
    },
    { name: 'fsync', description: 'flush each file to the disk before it is renamed' },
    {
      name: 'byte-range',
      short: 'b',
      value: 'RANGE',
      description: 'download only these bytes: 0-499 (the first 500), 500- (the rest), -500 (the last 500)',
    },
  ],
  examples: [
    { line: 'get Documents/report.docx .', note: 'download into this folder' },
    { line: 'get Pics/image1.jpg copy.jpg', note: 'download under another name' },
    {
      line: 'get a.txt Pics/b.jpg here/',
      note: 'download several files into a folder, which is created if necessary',
    },
    { line: 'get -r Pictures .', note: 'download a folder to ./Pictures' },
    { line: 'get -r Pictures/ here', note: 'download the contents of a folder to ./here' },
    { line: "get 'Pics/*.jpg' here", note: 'download all files that match' },
    { line: 'get -b 0-99 notes.txt', note: 'print the first 100 bytes' },
  ],
  async run(context, { file: files, target }, options) {
    const typed = options['byte-range'];
    const range = typed === undefined ? undefined : parseByteRange(typed);
    const [file = ''] = files;
    if (files.length > 1) return getSeveral(context, { files, target: target ?? '.' }, options);
    const glob = await remoteGlob(context, file);
    if (options.recursive || glob !== undefined || options['files-from'] !== undefined)
      return getTree(context, { file, dst: target, glob }, options);
    await getOne(context, { file, dst: target }, { ...options, range });
    return undefined;
  },
});
