/** `delta`: what changed since a token, as the service tells it. */
import { deltaBelow, graphPlace } from '../../drive/index.ts';
import { getDelta } from '../../graph/endpoints/views.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'delta',
  group: 'browse',
  access: 'read',
  summary: 'Show what changed since a token, as the service tells it',
  description:
    'Prints { items, token }: give the token next time. Without one it is everything;\n--token latest gives a token for now and no items. Of a folder below the root, business\ndrives tell what changed in the whole drive: the rest is left out here.',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [{ name: 'token', value: 'TOKEN', description: 'of the last time, or latest' }],
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
