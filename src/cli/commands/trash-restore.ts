/** `trash restore`: takes objects out of the recycle bin of a personal drive. */
import { graphPlace } from '../../drive/index.ts';
import { restoreItem } from '../../graph/endpoints/deletion.ts';
import { itemById } from '../../graph/item-ref-forms.ts';
import type { DriveItem } from '../../graph/types/index.ts';
import { defineCommand } from '../command.ts';
import { dryRunOption, printPlan } from '../dry-run.ts';
import { onEachInBatches } from '../each-in-batches.ts';

export const command = defineCommand({
  name: 'trash_restore',
  group: 'change',
  access: 'write',
  summary: 'Restore removed files and folders, on personal drives',
  description:
    'By the id that the object had before: Microsoft Graph cannot list the recycle bin of a\npersonal drive, so keep ids (rm does not tell them; stat does). It goes back to its\nold folder, or into the root where that is gone.',
  arguments: [{ name: 'id', description: 'ids', variadic: true }],
  options: [{ name: 'into', value: 'FOLDER', description: 'another folder to put it in' }, dryRunOption],
  examples: [{ line: "trash restore '1152BD0B4FF3A6B3!102'", note: 'by its id' }],
  async run(context, { id }, { into, ...options }) {
    const drive = await context.drive();
    const { ref } = graphPlace(drive.context, 'recycle bin that can be reached');
    const folder = into === undefined ? undefined : await drive.stat(into, context.call);
    const restored: DriveItem[] = [];
    const status = await onEachInBatches(context, id, async (one, own) => {
      if (options['dry-run']) return printPlan(own, [{ action: 'restore', object: one }]);
      const call = { signal: context.signal, parentId: folder?.id };
      restored.push(await restoreItem(await own.client(), ref, itemById(one), call));
    });
    if (restored.length > 0) await context.result(restored);
    return status;
  },
});
