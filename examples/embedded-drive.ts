/**
 * A whole program: an embedded OneDrive in memory, a file up and down, a listing. No account, no network, no port.
 */

import { handlerTransport } from '../packages/kit/src/http/index.ts';
import { connect } from '../packages/kit/src/index.ts';
import { createOneDrive } from '../packages/server/src/index.ts';

/** Runs it; `print` gets what a person would see. */
export async function main(print: (line: string) => void): Promise<void> {
  const oneDrive = await createOneDrive({ seed: { 'notes.txt': 'already there' } });
  const { drive } = connect({
    transport: handlerTransport(oneDrive.handler),
    credential: oneDrive.token(),
    baseUrl: 'http://onedrive.test/v1.0',
  });

  await drive.makeFolder('', 'Reports');
  const { item, verdict } = await drive.upload('quarter by quarter', 'Reports', { name: 'q3.txt' });
  print(`${item.name}: ${item.size} bytes, ${verdict}`);

  for await (const { path } of drive.walk()) print(path.join('/'));
  print(new TextDecoder().decode(await drive.read('Reports/q3.txt')));
  await oneDrive.close();
}
