/** `delta`: prints the changes since a token, as the service reports them. */
import { deltaBelow, graphPlace } from 'onedrive-kit/drive';
import { getDelta } from 'onedrive-kit/graph';
import { withToken } from '../arguments/delta-token.ts';
import { defineCommand } from '../definition/command.ts';

export const command = defineCommand({
  name: 'delta',
  group: 'browse',
  access: 'read',
  summary: 'Show changes since a token, as the service reports them',
  description:
    'Prints { items, token }: pass the token to the next call. Without --token it prints all\nitems; --token latest prints no items and a token for the current state. For a folder,\nbusiness drives report changes of the whole drive; those outside the folder are left\nout. An item that changed meanwhile is printed once, with its last state.',
  arguments: [
    {
      name: 'folder',
      description: 'path or id (default: the root of the drive)',
      optional: true,
      names: 'folder',
    },
  ],
  options: [{ name: 'token', value: 'TOKEN', description: 'token of the previous call, or latest' }],
  examples: [
    { line: 'delta --token latest --json', note: 'get a token for the current state' },
    {
      line: 'delta --token "$TOKEN" --json --query \'items[].name\'',
      note: 'print the names of changed items',
    },
  ],
  async run(context, { folder = '' }, { token }) {
    const drive = await context.drive();
    const { client, ref } = graphPlace(drive.context, 'delta');
    // The service may list an item again with a later state, which replaces the earlier one.
    const items = new Map<string, unknown>();
    let next: string | undefined;
    const { at, select } = await deltaBelow(drive.context, folder, context.call);
    const options = { signal: context.signal, from: token };
    await withToken(token, async () => {
      for await (const page of getDelta(client, ref, at, options).pages()) {
        for (const { item } of await select(page.value)) {
          items.delete(item.id);
          items.set(item.id, item);
        }
        next = page['@odata.deltaLink'] ?? next;
      }
    });
    await context.print({ items: [...items.values()], token: next });
  },
});
