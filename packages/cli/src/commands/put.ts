/** `put`: uploads files and folders. */
import { putOne } from '../actions/put-file.ts';
import { putSeveral, putTree } from '../actions/put-several.ts';
import { putTarget } from '../actions/put-target.ts';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { localGlob } from '../transfer/put-folder.ts';
import { treeOptions } from '../transfer/tree-options.ts';

export const command = defineCommand({
  name: 'put',
  group: 'change',
  access: 'write',
  summary: 'Upload files and folders',
  description:
    'If TARGET is an existing folder, the files go into it. Otherwise TARGET is the new name\nof the one file; with a slash at its end it is a folder, which is created if necessary.\nSeveral files need a folder as TARGET. Replaces files of the same name, except with -n.\nFiles of any size are streamed. Symbolic links within a folder are skipped and listed,\nsee --links; FILE itself can be a symbolic link.',
  arguments: [
    { name: 'file', description: 'local files, or - for stdin', names: 'local', variadic: true },
    {
      name: 'target',
      description: 'path or id of a folder, or a new name (default: the root of the drive)',
      optional: true,
      names: 'folder',
      mayBeNew: true,
    },
  ],
  options: [
    ...treeOptions,
    {
      name: 'no-overwrite',
      short: 'n',
      description: 'fail if the name is taken (exit status 5); in a folder, if the content differs',
    },
    { name: 'rename', description: 'add a number to the name if it is taken' },
    {
      name: 'map-names',
      description: 'replace characters that OneDrive does not allow; get --map-names restores them',
    },
    {
      name: 'no-times',
      description: 'do not set modification times (on business drives, setting them can add a version)',
    },
    {
      name: 'size',
      value: 'BYTES',
      description: 'size of stdin, to upload it without a temporary file',
    },
    {
      name: 'if-match',
      value: 'ETAG',
      description: 'replace the file only if it has this eTag (otherwise exit status 5)',
    },
    { name: 'name', value: 'NAME', description: 'name in the drive (default: that of the local file)' },
    {
      name: 'no-downsize',
      short: 'd',
      description: 'over Live v5.0: keep photos of more than 2048 pixels unchanged',
    },
    {
      name: 'downsize',
      description: 'over Live v5.0: scale such photos down (default)',
    },
    { name: 'bits', short: 'b', description: 'over Live v5.0: upload by BITS, whatever the size' },
    {
      name: 'bits-frag-bytes',
      value: 'NUMBER',
      description: 'size of an upload fragment in bytes (default: 10 MiB)',
    },
    {
      name: 'bits-do-auth-refresh-before-commit-hack',
      description: 'over Live v5.0: renew the access token before a BITS upload is committed',
    },
  ],
  examples: [
    { line: 'put report.docx Documents', note: 'upload into Documents' },
    { line: 'put report.docx Documents/final.docx', note: 'upload under another name' },
    {
      line: 'put *.jpg notes.txt Pictures/',
      note: 'upload several files into a folder, which is created if necessary',
    },
    { line: 'put -n report.docx', note: 'upload into the root, unless the name is taken' },
    { line: 'put -r photos Pictures', note: 'upload a folder to Pictures/photos' },
    { line: 'put - Backups/db.sql < dump.sql', note: 'upload stdin' },
  ],
  async run(context, { file: files, target }, options) {
    const flags = { ...options, times: !options['no-times'] };
    const [file = ''] = files;
    if (files.length > 1) return putSeveral(context, { files, target: target ?? '' }, flags);
    const isTree = options.recursive || options['files-from'] !== undefined || (await isGlob(context, file));
    if (isTree) return putTree(context, { file, target: target ?? '' }, flags);
    await putOne(context, await putTarget(context, { file, target }, flags), flags);
    return undefined;
  },
});

async function isGlob(context: Context, file: string): Promise<boolean> {
  return file !== '-' && (await localGlob(context, file)) !== undefined;
}
