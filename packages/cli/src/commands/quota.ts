/** `quota`: shows the free and total space of the drive. */
import type { Quota } from 'onedrive-kit/graph';
import { defineCommand } from '../definition/command.ts';
import { wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';

export const command = defineCommand({
  name: 'quota',
  group: 'account',
  access: 'read',
  summary: 'Show free and total space',
  description:
    'Sizes are in binary units and rounded down: 24.9G is at least 24.9 × 2^30 bytes.\n--json, --query and --object-key print the values of the service, in bytes.',
  examples: [
    { line: 'quota', note: 'print, for example, free: 24.9G and quota: 25.0G' },
    { line: 'quota -k remaining', note: 'print the free bytes, for a script' },
  ],
  async run(context) {
    const drive = await context.drive();
    const quota = await drive.quota({ signal: context.signal });
    if (wantsObjects(context.flags)) return context.print(quota);
    await context.print(spaceOf(quota));
  },
});

/**
 * Free and total space as text. Business drives may omit either
 * (https://learn.microsoft.com/graph/api/resources/quota), and report zeros to callers who may not see the quota.
 */
export function spaceOf({ remaining, total }: Quota): { readonly free: string; readonly quota: string } {
  if (total === 0) return { free: 'unknown', quota: 'unknown' };
  return { free: size(remaining), quota: size(total) };
}

const size = (bytes: number | undefined): string => (bytes === undefined ? 'unknown' : humanSize(bytes));
