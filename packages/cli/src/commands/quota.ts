/** `quota`: how full the drive is. */
import { defineCommand } from '../definition/command.ts';
import { wantsObjects } from '../output/printer.ts';
import { humanSize } from '../output/size.ts';

export const command = defineCommand({
  name: 'quota',
  group: 'account',
  access: 'read',
  summary: 'Show free and total space',
  description:
    'Sizes are in binary units and rounded down: 24.9G is at least 24.9 × 2^30 bytes.\nWith --json, --query or --object-key: the values of the service, in bytes.',
  examples: [
    { line: 'quota', note: 'free: 24.9G, quota: 25.0G' },
    { line: 'quota -k remaining', note: 'free bytes, for a script' },
  ],
  async run(context) {
    const drive = await context.drive();
    const quota = await drive.quota({ signal: context.signal });
    if (wantsObjects(context.flags)) return context.print(quota);
    await context.print({ free: size(quota.remaining), quota: size(quota.total) });
  },
});

/** Business drives may leave either out: https://learn.microsoft.com/graph/api/resources/quota */
function size(bytes: number | undefined): string {
  return bytes === undefined ? 'unknown' : humanSize(bytes);
}
