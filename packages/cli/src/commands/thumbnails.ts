/** `thumbnails`: pictures that the service renders of a file: which there are, and one of them. */

import { pathSink, readThumbnail, streamSink, thumbnailsOf } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { defineCommand } from '../definition/command.ts';
import { contentElsewhere, contentWriter } from '../output/binary-guard.ts';
import { wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'thumbnails',
  group: 'browse',
  access: 'read',
  summary: 'List the thumbnails of a file, or download one',
  description:
    'With a size the picture itself, to stdout or to a local file. Sizes are small, medium,\nlarge, and pixels: c400x300 fits into them, c400x300_crop fills them.',
  arguments: [
    { name: 'file', description: 'path, id or URL', names: 'item' },
    { name: 'size', description: 'small, medium, large, c400x300, c400x300_crop', optional: true },
    {
      name: 'dst',
      description: 'local file, or - for stdout (default: stdout)',
      optional: true,
      names: 'local',
    },
  ],
  examples: [
    { line: 'thumbnails Pics/image1.jpg', note: 'which there are' },
    { line: 'thumbnails Pics/image1.jpg medium image1-medium.jpg', note: 'one of them, into a file' },
  ],
  async run(context, { file, size, dst }) {
    const { context: drive } = await context.drive();
    if (size === undefined) {
      const found = await thumbnailsOf(drive, file, context.call);
      if (found.length === 0 && !wantsObjects(context.flags))
        throw new OneDriveError('not-found', `There are no thumbnails of ${file}.`, {
          hint: 'The service renders images, and some documents and videos.',
        });
      return context.print(found);
    }
    const picture = await readThumbnail(drive, file, size, context.call);
    const path = dst === undefined || dst === '-' ? undefined : context.localPath(dst);
    const sink =
      path === undefined
        ? streamSink(
            dst === '-'
              ? (bytes) => context.streams.stdout.write(bytes)
              : contentWriter(context.streams.stdout, contentElsewhere.target),
          )
        : pathSink(context.fs, path, { random: context.random });
    try {
      await sink.prepare();
      await sink.write(picture.bytes, 0);
      await sink.commit({ modifiedMs: undefined, size: picture.bytes.byteLength });
    } catch (error) {
      await sink.abort();
      throw error;
    }
    if (path !== undefined) {
      const { width, height } = picture;
      await context.result({ path, size, width, height, bytes: picture.bytes.byteLength });
    }
  },
});
