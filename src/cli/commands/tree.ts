/** `tree`: everything below a folder, nested. */
import type { TreeNode } from '../../drive/index.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { defineCommand } from '../command.ts';
import { itemType } from '../output/item-type.ts';

export const command = defineCommand({
  name: 'tree',
  group: 'browse',
  summary: 'Show everything below a folder, as a tree',
  description:
    'Each file is shown with what it is: file, photo, video, audio or notebook. Every\nfolder is listed on its own, several at a time: a large drive takes a while.',
  arguments: [{ name: 'folder', description: 'path or id (default: the root of the drive)', optional: true }],
  options: [{ name: 'objects', short: 'o', description: 'print whole objects, not only what they are' }],
  examples: [
    { line: 'tree', note: 'the whole drive' },
    { line: 'tree Documents', note: 'one folder' },
    { line: 'tree --json Documents', note: 'the same as nested JSON' },
  ],
  async run(context, { folder }, options) {
    const drive = await context.drive();
    const top = await drive.tree(folder ?? '', context.call);
    const leaf = options.objects ? (item: DriveItem) => [itemType(item), item] : itemType;
    await context.print({ [label(top.item)]: branch(top, leaf) });
  },
});

/** The root's own name is `root` on the wire; people know it by the name of the product. */
function label(item: DriveItem): string {
  return item.root === undefined ? item.name : 'OneDrive';
}

/** Folders become mappings, everything else what `leaf` says. */
function branch({ item, children }: TreeNode, leaf: (item: DriveItem) => unknown): unknown {
  if (children === undefined) return leaf(item);
  return Object.fromEntries(children.map((child) => [child.item.name, branch(child, leaf)]));
}
