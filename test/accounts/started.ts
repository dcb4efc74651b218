/** A business account on the embedded server over real sockets, and the machine of a person who may sign in to it. */
import { readFile, writeFile } from 'node:fs/promises';
import {
  type MemoryKeyStore,
  memoryKeyStore,
} from '../../packages/kit/src/platform/memory/memory-key-store.ts';
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';
import { type Listening, listen } from '../../packages/server/src/listen/node-server.ts';
import { type Terminal, terminal } from './terminal.ts';

/** Of the client `daemon`. */
export const secret = 'the-client-secret-of-this-test';

export interface Started {
  readonly keys: MemoryKeyStore;
  readonly machine: Terminal;
  readonly drive: EmbeddedOneDrive;
  readonly server: Listening;
  /** The configuration file as it is now. */
  text(): Promise<string>;
  /** What `auth status` says of these words. */
  status(...words: string[]): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export async function started(): Promise<Started> {
  const keys = memoryKeyStore();
  const machine = await terminal(keys);
  const drive = await createOneDrive({
    kind: 'business',
    accounts: [
      { userPrincipalName: 'me@contoso.com', displayName: 'Me', drive: { files: { 'a.txt': 'hello' } } },
    ],
    identity: { autoConsent: true, devicePollInterval: 0, clients: [{ id: 'daemon', secret }] },
  });
  const server = await listen(drive.handler);
  await writeFile(
    machine.config,
    `client: {id: app}\nendpoints: {authority: "${server.url}", graph: "${server.url}"}\n`,
    { mode: 0o600 },
  );
  return {
    ...{ keys, machine, drive, server },
    text: () => readFile(machine.config, 'utf8'),
    status: async (...words) =>
      JSON.parse((await machine.type(['auth', 'status', '--json', ...words])).stdout) as Record<
        string,
        unknown
      >,
    async close() {
      await server.close();
      await drive.close();
      await machine.remove();
    },
  };
}
