/** `delta`: what changed since a token, as the service tells it. */
import { deltaBelow, graphPlace } from 'onedrive-kit/drive';
import { getDelta } from 'onedrive-kit/graph';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'delta',
  group: 'browse',
  access: 'read',
  summary: 'Show what changed since a token, as the service reports it',
  description:
    'Prints { items, token }: pass the token the next time. Without a token: everything;\n--token latest prints a token for now and no items. For a folder below the root,\nbusiness drives report changes of the whole drive: changes elsewhere are left out.',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [{ name: 'token', value: 'TOKEN', description: 'token from the last time, or latest' }],
  examples: [
    { line: 'delta --token latest --json', note: 'start from now' },
    { line: 'delta --token "$TOKEN" --json --query \'items[].name\'', note: 'what changed since' },
  ],
  async run(context, { folder = '' }, { token }) {
    const drive = await context.drive();
    const { client, ref } = graphPlace(drive.context, 'delta');
    const items: unknown[] = [];
    let next: string | undefined;
    const { at, select } = await deltaBelow(drive.context, folder, context.call);
    const from = { signal: context.signal, from: token };
    for await (const page of getDelta(client, ref, at, from).pages()) {
      for (const { item } of await select(page.value)) items.push(item);
      next = page['@odata.deltaLink'] ?? next;
    }
    await context.print({ items, token: next });
  },
});
