/** Everything below a folder as nested values, for callers that need all of it at once. */
import type { DriveItem } from '../../graph/types/index.ts';
import type { Target } from '../address/target.ts';
import { holdsItems } from '../item-kind.ts';
import { refOf, shortcutTarget } from '../provider/item-home.ts';
import { stat } from '../stat.ts';
import type { DriveContext } from '../world.ts';
import { type SubtreeOptions, subtree } from './subtree.ts';

/** An item and, for a folder, its children. */
export interface TreeNode {
  readonly item: DriveItem;
  /** Absent if the item is not a folder. */
  readonly children?: readonly TreeNode[];
}

interface GrowingNode {
  readonly item: DriveItem;
  readonly children?: GrowingNode[];
}

function nodeOf(item: DriveItem): GrowingNode {
  return holdsItems(item) ? { item, children: [] } : { item };
}

/** The tree of a folder; for a file, a single node. Throws like stat. */
export async function tree(
  context: DriveContext,
  start: Target,
  options: SubtreeOptions = {},
): Promise<TreeNode> {
  const top = nodeOf(await stat(context, start, options));
  if (top.children === undefined) return top;
  const branch: GrowingNode[] = [top];
  for await (const { item, path } of subtree(context, shortcutTarget(top.item) ?? refOf(top.item), options)) {
    const node = nodeOf(item);
    branch.length = path.length;
    branch.at(-1)?.children?.push(node);
    branch.push(node);
  }
  return top;
}
