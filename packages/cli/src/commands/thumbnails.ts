/** `thumbnails`: lists or downloads the thumbnails of a file. */

import { pathSink, readThumbnail, streamSink, thumbnailsOf } from 'onedrive-kit/drive';
import { OneDriveError } from 'onedrive-kit/errors';
import { defineCommand } from '../definition/command.ts';
import { binaryHints, contentWriter } from '../output/binary-guard.ts';
import { wantsObjects } from '../output/printer.ts';

export const command = defineCommand({
  name: 'thumbnails',
  group: 'browse',
  access: 'read',
  summary: 'List the thumbnails of a file, or download one',
  description:
    'With SIZE, downloads the image, to stdout or to a local file. Sizes are small, medium,\nlarge, or in pixels: c400x300 fits into that box, c400x300_crop fills it.',
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
    { line: 'thumbnails Pics/image1.jpg', note: 'list the thumbnails' },
    { line: 'thumbnails Pics/image1.jpg medium image1-medium.jpg', note: 'download one into a file' },
  ],
  async run(context, { file, size, dst }) {
    const { context: drive } = await context.drive();
    if (size === undefined) {
      const sets = await thumbnailsOf(drive, file, context.call);
      if (sets.length === 0 && !wantsObjects(context.flags))
        throw new OneDriveError('not-found', `${file} has no thumbnails.`, {
          hint: 'The service creates them for images and for some documents and videos.',
        });
      return context.print(sets);
    }
    const image = await readThumbnail(drive, file, size, context.call);
    const path = dst === undefined || dst === '-' ? undefined : context.localPath(dst);
    const sink =
      path === undefined
        ? streamSink(
            dst === '-'
              ? (bytes) => context.streams.stdout.write(bytes)
              : contentWriter(context.streams.stdout, binaryHints.target),
          )
        : pathSink(context.fs, path, { random: context.random });
    try {
      await sink.prepare();
      await sink.write(image.bytes, 0);
      await sink.commit({ modifiedMs: undefined, size: image.bytes.byteLength });
    } catch (error) {
      await sink.abort();
      throw error;
    }
    if (path !== undefined) {
      const { width, height } = image;
      await context.result({ path, size, width, height, bytes: image.bytes.byteLength });
    }
  },
});
