/**
 * A whole program on the wire itself: takes a delta link, lets things happen in the drive, and asks what changed
 * since. The functions of `onedrive-kit/graph` are Microsoft's endpoints, one by one, with their names.
 */
import * as graph from '../packages/kit/src/graph/index.ts';
import { handlerTransport } from '../packages/kit/src/http/index.ts';
import { connect, myDrive, rootItem } from '../packages/kit/src/index.ts';
import { createOneDrive } from '../packages/server/src/index.ts';

/** Runs it; `print` gets what a person would see. */
export async function main(print: (line: string) => void): Promise<void> {
  const oneDrive = await createOneDrive({ seed: { 'old.txt': 'old', 'gone.txt': 'gone' } });
  const { client, drive } = connect({
    transport: handlerTransport(oneDrive.handler),
    credential: oneDrive.token(),
    baseUrl: 'http://onedrive.test/v1.0',
  });
  const start = await lastLink(client, { from: 'latest' });

  await drive.upload('new', '', { name: 'new.txt' });
  await drive.rename('old.txt', 'renamed.txt');
  await drive.remove('gone.txt');

  for await (const item of graph.getDelta(client, myDrive, rootItem, { from: start })) {
    if (item.root !== undefined) continue; // the folders above what changed come along
    print(item.deleted === undefined ? `is there: ${item.name ?? item.id}` : 'one is gone');
  }
  await oneDrive.close();
}

async function lastLink(client: graph.GraphClient, options: graph.DeltaOptions): Promise<string> {
  let link: string | undefined;
  for await (const page of graph.getDelta(client, myDrive, rootItem, options).pages())
    link = page['@odata.deltaLink'];
  if (link === undefined) throw new Error('The last page of a delta has a link.');
  return link;
}
