/**
 * Named states of the whole server, to go back to: items with their history, versions, permissions, accounts and tokens.
 * A snapshot is a document of the storage, so it outlives a restart and a kill, and holds a reference to each blob.
 * Uploads under way are in no snapshot and end when one is restored: their bytes go on changing.
 */
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
/** Signing keys stay as they are: what they signed is told apart by the records. */
const apart = new Set(['snapshot', 'secret', 'signing-key']);
const underWay = new Set(['upload-session', 'bits-session', 'operation']);

/** The names of the snapshots, sorted. */
export function listSnapshots(storage: Storage): readonly string[] {
  return storage.read((records) => records.documents(snapshots.kind).map(({ key }) => key));
}

/** Keeps the present state as `name`, in place of what was kept so. @throws ServiceError 403 for a name that is none. */
export function takeSnapshot(storage: Storage, name: string): void {
  if (!/^[\w.-]{1,100}$/.test(name))
    throw accessDenied('A snapshot is named by letters, digits, dots and dashes.');
  storage.write((records) => {
    const present = presentState(records);
    const documents = present.documents.filter(({ kind }) => !underWay.has(kind));
    for (const blob of blobsOf({ ...present, documents })) records.retainBlob(blob);
    drop(records, name);
    snapshots.put(records, name, { items: present.items, documents });
  });
}

/** Goes back to what was kept as `name`; it stays kept. @throws ServiceError 404. */
export function restoreSnapshot(storage: Storage, name: string): void {
  storage.write((records) => {
    const wanted = snapshots.get(records, name);
    if (wanted === undefined) throw itemNotFound(`There is no snapshot called ${name}.`);
    for (const blob of blobsOf(wanted)) records.retainBlob(blob);
    const present = presentState(records);
    for (const blob of blobsOf(present)) records.releaseBlob(blob);
    for (const { key } of present.items) records.removeItem(key);
    for (const { kind, key } of present.documents) records.putDocument(kind, key, undefined);
    for (const { kind, key, value } of wanted.documents) records.putDocument(kind, key, value);
    for (const item of wanted.items) records.putItem(item);
  });
}

/** Forgets what was kept as `name`. @throws ServiceError 404. */
export function deleteSnapshot(storage: Storage, name: string): void {
  storage.write((records) => {
    if (!drop(records, name)) throw itemNotFound(`There is no snapshot called ${name}.`);
  });
}

function drop(records: Records, name: string): boolean {
  const known = snapshots.get(records, name);
  if (known === undefined) return false;
  for (const blob of blobsOf(known)) records.releaseBlob(blob);
  snapshots.delete(records, name);
  return true;
}

function presentState(records: Records): Snapshot {
  const items = drives
    .list(records)
    .flatMap((drive) => records.changes(drive.number, 0, Number.MAX_SAFE_INTEGER));
  const documents = records
    .documentKinds()
    .filter((kind) => !apart.has(kind))
    .flatMap((kind) => records.documents(kind).map((document) => ({ kind, ...document })));
  return { items, documents };
}

/** One entry for each reference: items, versions and uploads hold one to their blob, closed uploads none. */
function blobsOf({ items, documents }: Snapshot): readonly string[] {
  const ofItems = items.flatMap(({ blob }) => (blob === null ? [] : [blob]));
  const ofDocuments = documents.flatMap(({ value }) => {
    if (typeof value !== 'object' || value === null || !('blob' in value)) return [];
    const closed = 'closed' in value && value.closed !== undefined;
    return typeof value.blob === 'string' && !closed ? [value.blob] : [];
  });
  return [...ofItems, ...ofDocuments];
}
