/**
 * Named states of the whole server that can be restored: items with their history, versions, permissions, accounts and
 * tokens. A snapshot is a document in the storage, so it survives restarts and crashes, and holds a reference to each
 * blob. Uploads in progress are not part of a snapshot, because their bytes still change; restoring one ends them.
 */

import { ensureLookups } from '../../core/ensure-lookups.ts';
import { accessDenied, itemNotFound } from '../../core/service-error.ts';
import { drives } from '../../files/drives/drive-record.ts';
import type { ItemRecord } from '../../files/items/item-record.ts';
import { collection } from '../../storage/collection.ts';
import type { Records, Storage, StoredDocument } from '../../storage/storage.ts';

interface Snapshot {
  readonly items: readonly ItemRecord[];
  readonly documents: readonly (StoredDocument & { readonly kind: string })[];
}

const snapshots = collection<Snapshot>('snapshot');
/** Kinds that snapshots ignore. Signing keys stay the same: the records decide which signatures are valid. */
const excludedKinds = new Set(['snapshot', 'secret', 'signing-key', 'retired-drive']);
const kindsInProgress = new Set(['upload-session', 'bits-session', 'operation']);

/** The names of the snapshots, sorted. */
export function listSnapshots(storage: Storage): readonly string[] {
  return storage.read((records) => records.documents(snapshots.kind).map(({ key }) => key));
}

/** Stores the current state as `name`, replacing a previous one. @throws ServiceError 403 for an invalid name. */
export function takeSnapshot(storage: Storage, name: string): void {
  if (!/^[\w.-]{1,100}$/.test(name))
    throw accessDenied(
      'The name of a snapshot consists of 1 to 100 letters, digits, dots, dashes and underscores.',
    );
  storage.write((records) => {
    const current = currentState(records);
    const documents = current.documents.filter(({ kind }) => !kindsInProgress.has(kind));
    for (const blob of blobsOf({ ...current, documents })) records.retainBlob(blob);
    drop(records, name);
    snapshots.put(records, name, { items: current.items, documents });
  });
}

/** Restores the snapshot `name`, which stays stored. @throws ServiceError 404 if it does not exist. */
export function restoreSnapshot(storage: Storage, name: string): void {
  storage.write((records) => {
    const snapshot = snapshots.get(records, name);
    if (snapshot === undefined) throw itemNotFound(`There is no snapshot named ${name}.`);
    for (const blob of blobsOf(snapshot)) records.retainBlob(blob);
    const current = currentState(records);
    for (const blob of blobsOf(current)) records.releaseBlob(blob);
    for (const { key } of current.items) records.removeItem(key);
    for (const { kind, key } of current.documents) records.putDocument(kind, key, undefined);
    for (const { kind, key, value } of snapshot.documents) records.putDocument(kind, key, value);
    for (const item of snapshot.items) records.putItem(item);
    ensureLookups(records);
  });
}

/** Deletes the snapshot `name`. @throws ServiceError 404 if it does not exist. */
export function deleteSnapshot(storage: Storage, name: string): void {
  storage.write((records) => {
    if (!drop(records, name)) throw itemNotFound(`There is no snapshot named ${name}.`);
  });
}

function drop(records: Records, name: string): boolean {
  const snapshot = snapshots.get(records, name);
  if (snapshot === undefined) return false;
  for (const blob of blobsOf(snapshot)) records.releaseBlob(blob);
  snapshots.delete(records, name);
  return true;
}

function currentState(records: Records): Snapshot {
  const items = drives
    .list(records)
    .flatMap((drive) => records.changes(drive.number, 0, Number.MAX_SAFE_INTEGER));
  const documents = records
    .documentKinds()
    .filter((kind) => !excludedKinds.has(kind))
    .flatMap((kind) => records.documents(kind).map((document) => ({ kind, ...document })));
  return { items, documents };
}

/** One entry for each reference to a blob: of items, versions and open uploads. */
function blobsOf({ items, documents }: Snapshot): readonly string[] {
  const ofItems = items.flatMap(({ blob }) => (blob === null ? [] : [blob]));
  const ofDocuments = documents.flatMap(({ value }) => {
    if (typeof value !== 'object' || value === null || !('blob' in value)) return [];
    const closed = 'closed' in value && value.closed !== undefined;
    return typeof value.blob === 'string' && !closed ? [value.blob] : [];
  });
  return [...ofItems, ...ofDocuments];
}
