/** `tree`: prints everything below a folder as a tree. */
import type { Drive, TreeNode } from 'onedrive-kit/drive';
import type { DriveItem } from 'onedrive-kit/graph';
import { unplacedItems } from '../actions/unplaced-items.ts';
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
  description: 'Shows the type of each file: file, photo, video, audio or notebook.',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [
    { name: 'depth', short: 'd', value: 'N', description: 'show only N levels' },
    {
      name: 'sizes',
      formerly: ['-s'],
      description: 'show sizes; the size of a folder includes everything in it',
    },
    { name: 'objects', short: 'o', description: 'print whole objects instead of their types' },
  ],
  formats: {
    has: ['ndjson', 'query', 'object-key'],
    instead: 'For rows, use find: it lists the same objects.',
  },
  examples: [
    { line: 'tree', note: 'show the whole drive' },
    { line: 'tree -d 2 --sizes', note: 'show two levels, with sizes' },
    { line: 'tree --json Documents', note: 'print a folder as nested JSON' },
  ],
  async run(context, { folder }, options) {
    const depth = options.depth === undefined ? undefined : wholeNumber(options.depth, '--depth');
    const drive = await context.drive();
    const select = options.objects ? undefined : ['size', ...facets];
    const keep = options.objects ? undefined : typeProperties;
    const unplaced = unplacedItems(context);
    const { onUnplaced } = unplaced;
    const top = await drive.tree(folder ?? '', { ...context.call, depth, select, keep, onUnplaced });
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
    return unplaced.report();
  },
});

/** The properties that {@link itemType} reads, besides those that every tree needs. */
const facets = ['file', 'photo', 'image', 'video', 'audio'];

/** The printed properties of an item only: hashes and image sizes of 100,000 items take much memory. */
function typeProperties({ id, name, size, file, photo, image, video, audio, ...item }: DriveItem): DriveItem {
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
  /** The label of a folder. */
  readonly label: (item: DriveItem, node: TreeNode) => string;
}

function leafOf(objects: boolean, sizes: boolean, forPrograms: boolean): Shape['leaf'] {
  if (objects) return (item) => [itemType(item), item];
  if (!sizes) return itemType;
  if (forPrograms) return (item) => ({ type: itemType(item), size: item.size ?? 0 });
  return (item) => `${itemType(item)}, ${humanSize(item.size ?? 0)}`;
}

/** The size of a folder; the sum of its content over the Live v5.0 API, which reports no folder sizes. */
function sizeOf({ item: { size }, children = [] }: TreeNode): number {
  return size ?? children.reduce((sum, child) => sum + sizeOf(child), 0);
}

/** The name of the drive in place of the root's own name, which is `root` in the API. */
async function rootName(item: DriveItem, drive: Drive, { signal }: Context): Promise<string> {
  if (item.root === undefined) return item.name;
  return (await drive.info({ signal })).name ?? 'OneDrive';
}

/** Converts folders to mappings, and all other items with `leaf`. */
function branch({ item, children }: TreeNode, shape: Shape): unknown {
  if (children === undefined) return shape.leaf(item);
  return Object.fromEntries(
    children.map((child) => [
      child.children === undefined ? child.item.name : shape.label(child.item, child),
      branch(child, shape),
    ]),
  );
}
