/** A whole program: creates a read-only link to a file, with each of two layers, and shows how to distinguish errors. */
import * as graph from '../packages/kit/src/graph/index.ts';
import { handlerTransport } from '../packages/kit/src/http/index.ts';
import { connect, isOneDriveError, itemAt, myDrive } from '../packages/kit/src/index.ts';
import { createOneDrive } from '../packages/server/src/index.ts';

/** Runs it; `print` gets what a person would see. */
export async function main(print: (line: string) => void): Promise<void> {
  const oneDrive = await createOneDrive({
    seed: { Reports: { folder: { 'q3.txt': 'quarter by quarter' } } },
  });
  const { client, drive } = connect({
    transport: handlerTransport(oneDrive.handler),
    credential: oneDrive.token(),
    baseUrl: 'http://onedrive.test/v1.0',
  });

  const first = await drive.link('Reports/q3.txt', { type: 'view', scope: 'anonymous' });
  print(
    `${first.link?.type ?? '?'} link for ${first.link?.scope ?? '?'}, to ${first.roles?.join(', ') ?? '?'}`,
  );
  const again = await graph.createLink(client, myDrive, itemAt('Reports', 'q3.txt'), {
    type: 'view',
    scope: 'anonymous',
  });
  print(again.id === first.id ? 'the same link again' : 'another link');

  try {
    await drive.link('Reports/q4.txt');
  } catch (error) {
    if (!isOneDriveError(error) || error.code !== 'not-found') throw error;
    print(error.message);
  }
  await oneDrive.close();
}
