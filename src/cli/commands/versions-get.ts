/** `versions get`: the content of an earlier state. */

import { OneDriveError } from '../../errors/onedrive-error.ts';
import { readContent } from '../../graph/endpoints/content.ts';
import { getVersionContent } from '../../graph/endpoints/versions.ts';
import { discard } from '../../http/read.ts';
import { defineCommand } from '../command.ts';
import { graphItem } from '../graph-item.ts';
import { orLocalError } from '../local-file.ts';

export const command = defineCommand({
  name: 'versions_get',
  group: 'change',
  access: 'read',
  summary: 'Download an earlier version of a file',
  arguments: [
    { name: 'file', description: 'path, id or URL', names: 'item' },
    { name: 'version', description: 'its number, as versions ls shows it' },
    { name: 'dst', description: 'local file (default: stdout)', optional: true, names: 'local' },
  ],
  examples: [
    { line: 'versions get report.docx 2.0 old.docx', note: 'into a file' },
    { line: 'versions get notes.txt 1.0', note: 'to stdout' },
  ],
  async run(context, { file, version, dst }) {
    const [client, drive, item] = await graphItem(file, context, 'versions of files');
    const call = { signal: context.signal };
    const answer = await getVersionContent(client, drive, item, version, call);
    const place = answer.headers['location'];
    if (answer.status >= 300) await discard(answer);
    if (answer.status >= 300 && place === undefined)
      throw new OneDriveError('protocol', `The service did not say where version ${version} is.`);
    const response =
      place === undefined
        ? answer
        : await readContent(client, place, { ...call, start: 0, what: `read version ${version}` });
    if (dst === undefined) {
      for await (const chunk of response.body) await context.streams.stdout.write(chunk);
      return;
    }
    const path = context.localPath(dst);
    const handle = await orLocalError(context.fs.open(path, 'wx'), 'write', path);
    try {
      for await (const chunk of response.body)
        for (let at = 0; at < chunk.byteLength; ) {
          const rest = chunk.byteLength - at;
          at += (await orLocalError(handle.write(chunk, at, rest, null), 'write', path)).bytesWritten;
        }
    } finally {
      await handle.close();
    }
  },
});
