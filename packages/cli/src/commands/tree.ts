/** `tree`: everything below a folder, nested. */
import type { Drive, TreeNode } from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import type { Context } from '../context.ts';
import { defineCommand } from '../definition/command.ts';
import { wholeNumber } from '../definition/whole-number.ts';
import { itemType } from '../output/item-type.ts';
import { wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';

export const command = defineCommand({
  name: 'tree',
  group: 'browse',
  access: 'read',
  summary: 'Show everything below a folder, as a tree',
  description:
    'Each file is shown with what it is: file, photo, video, audio or notebook. The whole\ndrive is read in large pages; parts of one, folder by folder.',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [
    { name: 'depth', short: 'd', value: 'N', description: 'levels to show' },
    { name: 'sizes', short: 's', description: 'show sizes; of a folder, that of all that is in it' },
    { name: 'objects', short: 'o', description: 'print whole objects, not only what they are' },
  ],
  formats: {
    has: ['ndjson', 'query', 'object-key'],
    instead: 'For rows, use find: it lists the same objects.',
  },
  examples: [
    { line: 'tree', note: 'the whole drive' },
    { line: 'tree -d 2 -s', note: 'two levels, with sizes' },
    { line: 'tree --json Documents', note: 'the same as nested JSON' },
  ],
  async run(context, { folder }, options) {
    const depth = options.depth === undefined ? undefined : wholeNumber(options.depth, '--depth');
    const drive = await context.drive();
    const select = options.objects ? undefined : ['size', ...facets];
    const keep = options.objects ? undefined : shown;
    const top = await drive.tree(folder ?? '', { ...context.call, depth, select, keep });
    const shape: Shape = {
      leaf: leafOf(options.objects, options.sizes, wantsObjects(context.flags)),
      label: ({ name }, node) => {
        if (!options.sizes || wantsObjects(context.flags)) return name;
        const size = depth === undefined ? sizeOf(node) : node.item.size;
        return size === undefined ? name : `${name} (${humanSize(size)})`;
      },
    };
    const named = { ...top.item, name: await rootName(top.item, drive, context) };
    await context.print({ [shape.label(named, top)]: branch(top, shape) });
  },
});

/** What {@link itemType} reads, beside what every tree is built of. */
const facets = ['file', 'photo', 'image', 'video', 'audio'];

/** Of 100,000 hashes and picture sizes only the kind of each file is kept. */
function shown({ id, name, size, file, photo, image, video, audio, ...item }: DriveItem): DriveItem {
  const { mimeType } = file ?? {};
  const { package: bundle, remoteItem, parentReference } = item;
  return {
    id,
    name,
    ...(size === undefined ? {} : { size }),
    ...(mimeType === undefined ? {} : { file: { mimeType } }),
    ...((photo ?? image) === undefined ? {} : { image: {} }),
    ...(video === undefined ? {} : { video: {} }),
    ...(audio === undefined ? {} : { audio: {} }),
    ...(bundle === undefined ? {} : { package: bundle }),
    ...(remoteItem === undefined ? {} : { remoteItem }),
    ...(parentReference === undefined ? {} : { parentReference }),
  };
}

interface Shape {
  readonly leaf: (item: DriveItem) => unknown;
  /** Of a folder. */
  readonly label: (item: DriveItem, node: TreeNode) => string;
}

function leafOf(objects: boolean, sizes: boolean, forPrograms: boolean): Shape['leaf'] {
  if (objects) return (item) => [itemType(item), item];
  if (!sizes) return itemType;
  if (forPrograms) return (item) => ({ type: itemType(item), size: item.size ?? 0 });
  return (item) => `${itemType(item)}, ${humanSize(item.size ?? 0)}`;
}

/** Live v5.0 tells no sizes of folders: then the sum of what is in them. */
function sizeOf({ item: { size }, children = [] }: TreeNode): number {
  return size ?? children.reduce((sum, child) => sum + sizeOf(child), 0);
}

/** The root's own name is `root` on the wire; people know it by the name of the drive. */
async function rootName(item: DriveItem, drive: Drive, { signal }: Context): Promise<string> {
  if (item.root === undefined) return item.name;
  return (await drive.info({ signal })).name ?? 'OneDrive';
}

/** Folders become mappings, everything else what `leaf` says. */
function branch({ item, children }: TreeNode, shape: Shape): unknown {
  if (children === undefined) return shape.leaf(item);
  return Object.fromEntries(
    children.map((child) => [
      child.children === undefined ? child.item.name : shape.label(child.item, child),
      branch(child, shape),
    ]),
  );
}
