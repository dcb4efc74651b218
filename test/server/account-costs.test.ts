/**
 * No request costs more with more accounts. Counted, not timed: the calls of the storage and the rows and documents
 * that they return are the same with one other account as with a hundred.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountRequests, fleet } from '../../bench/fleet.ts';
import { type DriveRecord, drives } from '../../packages/server/src/files/drives/drive-record.ts';
import {
  createOneDrive,
  type Deliver,
  type EmbeddedOneDrive,
  memoryStorage,
  type Storage,
} from '../../packages/server/src/index.ts';
import { subscriptions } from '../../packages/server/src/notifications/subscription-record.ts';
import { accounts } from '../../packages/server/src/people/account-record.ts';
import type { Records } from '../../packages/server/src/storage/storage.ts';

interface Counted {
  readonly storage: Storage;
  /** By method: its calls, and what they returned. */
  readonly counts: Map<string, number>;
}

function countingStorage(): Counted {
  const storage = memoryStorage();
  const counts = new Map<string, number>();
  const count = (name: string, result: unknown): void => {
    const size = Array.isArray(result) ? result.length : 1;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    counts.set(`${name} results`, (counts.get(`${name} results`) ?? 0) + size);
  };
  const counted = (records: Records): Records =>
    new Proxy(records, {
      get(target, name, receiver) {
        const method = Reflect.get(target, name, receiver) as unknown;
        if (typeof method !== 'function') return method;
        return (...values: unknown[]): unknown => {
          const result = (method as (...values: unknown[]) => unknown)(...values);
          count(String(name), result);
          return result;
        };
      },
    });
  return {
    counts,
    storage: {
      ...storage,
      read: (fn) => storage.read((records) => fn(counted(records))),
      write: (fn) => storage.write((records) => fn(counted(records))),
    },
  };
}

interface Server extends Counted {
  readonly drive: EmbeddedOneDrive;
}

async function start(accounts: number): Promise<Server> {
  const counted = countingStorage();
  return { ...counted, drive: await createOneDrive({ storage: counted.storage, ...fleet(accounts) }) };
}

describe('a request costs the same with a hundred accounts as with two', () => {
  let servers: readonly Server[] = [];
  beforeAll(async () => {
    servers = [await start(2), await start(100)];
  });
  afterAll(async () => {
    for (const { drive } of servers) await drive.close();
  });

  test.each(accountRequests)('%s', async (_name, send) => {
    const costs = [];
    for (const { drive, counts } of servers) {
      await send(drive, 0); // the first one may redeem or create something
      counts.clear();
      await send(drive, 1);
      costs.push(Object.fromEntries(counts));
    }
    expect(costs[1]).toEqual(costs[0]);
  });
});

describe('a request costs the same with two hundred subscriptions as with a hundred', () => {
  const subscribe = (records: Records, drive: DriveRecord): void =>
    subscriptions.put(records, `id-${drive.number}`, {
      id: `id-${drive.number}`,
      accountId: drive.ownerId,
      clientId: 'app',
      resource: 'me/drive/root',
      driveId: drive.id,
      item: drive.root,
      notificationUrl: 'https://hooks.example/',
      security: false,
      expires: Date.UTC(2100, 0),
      told: records.lastSequence(drive.number),
    });

  async function startSubscribed(accounts: number): Promise<Server & { readonly delivered: string[] }> {
    const counted = countingStorage();
    const delivered: string[] = [];
    const deliver: Deliver = async ({ body }) => {
      delivered.push(body);
      return { status: 202, contentType: 'text/plain', text: '' };
    };
    const drive = await createOneDrive({ storage: counted.storage, deliver, ...fleet(accounts) });
    counted.storage.write((records) => {
      for (const one of drives.list(records)) subscribe(records, one);
    });
    return { ...counted, drive, delivered };
  }

  test.each(accountRequests.slice(0, 5))('%s', async (_name, send) => {
    const costs = [];
    for (const accounts of [100, 200]) {
      const { drive, counts } = await startSubscribed(accounts);
      await send(drive, 0);
      counts.clear();
      await send(drive, 1);
      costs.push(Object.fromEntries(counts));
      await drive.close();
    }
    expect(costs[1]).toEqual(costs[0]);
  });

  test('the subscriber of a changed drive is notified by the request that changed it, wherever it stands', async () => {
    const { drive, delivered } = await startSubscribed(100);
    const owners = drive.world.storage.read((records) => accounts.list(records)).slice(-3);
    for (const { userPrincipalName } of owners) {
      const headers = { authorization: `Bearer ${drive.token({ account: userPrincipalName })}` };
      await drive.fetch(
        new Request('http://localhost/v1.0/me/drive/root:/new.txt:/content', {
          method: 'PUT',
          headers,
          body: 'x',
        }),
      );
    }
    await drive.close();
    expect(delivered).toHaveLength(3);
  });
});
