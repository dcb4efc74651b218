/**
 * Content types of sites and lists: built-in ones, and those that were created.
 * https://learn.microsoft.com/graph/api/resources/contenttype
 */
import { invalidRequest, itemNotFound } from '../core/service-error.ts';
import type { DriveRecord } from '../files/drives/drive-record.ts';
import type { Json } from '../files/items/item-json.ts';
import { collection } from '../storage/collection.ts';
import type { Records } from '../storage/storage.ts';
import type { SiteRecord } from './site-record.ts';

/** The scope of content types: a site, or the list of a drive. */
export interface ContentTypeScope {
  /** Prefix of the keys of the records. */
  readonly key: string;
  /** Content types that cannot be changed or deleted. */
  readonly builtIn: readonly ContentTypeRecord[];
}

export interface ContentTypeRecord {
  /** `0x0101…`: the id of the parent, and a suffix that identifies the child. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly group: string;
  readonly parentId: string;
  readonly hidden: boolean;
  readonly readOnly: boolean;
}

const builtInType = (id: string, name: string, description: string, group: string): ContentTypeRecord => ({
  id,
  name,
  description,
  group,
  parentId: /^0x01(?:01|20)$/.test(id) ? '0x01' : '0x',
  hidden: false,
  readOnly: false,
});

const item = builtInType('0x01', 'Item', 'Create a new list item.', 'List Content Types');
const document = builtInType('0x0101', 'Document', 'Create a new document.', 'Document Content Types');
const folder = builtInType('0x0120', 'Folder', 'Create a new folder.', 'Folder Content Types');
const documentSet: ContentTypeRecord = {
  ...builtInType('0x0120D520', 'Document Set', 'Create a document set.', 'Document Set Content Types'),
  parentId: '0x0120',
};
/** These ids are the same in every site; lists have children of them, with ids of their own. */
const ofSite: readonly ContentTypeRecord[] = [item, document, folder, documentSet];
const ofLibrary: readonly ContentTypeRecord[] = [
  { ...document, parentId: '0x01' },
  { ...folder, id: '0x012000', parentId: '0x0120' },
];

/** The content types of a site. */
export const siteScope = (site: SiteRecord): ContentTypeScope => ({
  key: `site:${site.id.toLowerCase()}/`,
  builtIn: ofSite,
});

/** The content types of a library. */
export const listScope = (drive: DriveRecord): ContentTypeScope => ({
  key: `list:${drive.number}/`,
  builtIn: ofLibrary,
});

/** By the key of the scope and the id. */
const contentTypes = collection<ContentTypeRecord>('content-type');

/** Number of records that are read at once. */
const page = 100;

/** The records that were created in a scope. */
function createdIn(records: Records, { key: prefix }: ContentTypeScope): readonly ContentTypeRecord[] {
  const created: ContentTypeRecord[] = [];
  for (let after = prefix; ; ) {
    const rows = records.documents(contentTypes.kind, { after, limit: page });
    for (const { key, value } of rows) {
      if (!key.startsWith(prefix)) return created;
      created.push(value as ContentTypeRecord);
      after = key;
    }
    if (rows.length < page) return created;
  }
}

/** All content types of a scope, as records. */
export const recordsOf = (records: Records, scope: ContentTypeScope): readonly ContentTypeRecord[] => [
  ...scope.builtIn,
  ...createdIn(records, scope),
];

/** All content types of a scope. */
export const contentTypesOf = (records: Records, scope: ContentTypeScope): readonly Json[] =>
  recordsOf(records, scope).map((one) => contentTypeJson(one));

/** The JSON view of a content type. */
export function contentTypeJson(record: ContentTypeRecord, parent?: ContentTypeRecord): Json {
  const { parentId, ...plain } = record;
  const base = parent === undefined ? {} : { base: { ...plainOf(parent), sealed: false } };
  return { ...plain, sealed: false, ...(parentId === '0x' ? {} : { parentId }), ...base };
}

function plainOf({ id, name, description, group, hidden, readOnly }: ContentTypeRecord): Json {
  return { id, name, description, group, hidden, readOnly };
}

/** A content type by its id. @throws ServiceError 404. */
export function findContentType(records: Records, scope: ContentTypeScope, id: string): ContentTypeRecord {
  const lowerId = id.toLowerCase();
  const record = recordsOf(records, scope).find((one) => one.id.toLowerCase() === lowerId);
  if (record === undefined) throw itemNotFound('The content type could not be found.');
  return record;
}

/** Adds or replaces a content type. */
export function putContentType(records: Records, scope: ContentTypeScope, record: ContentTypeRecord): void {
  contentTypes.put(records, scope.key + record.id, record);
}

/** Deletes a content type. @throws ServiceError 400 for a built-in one. */
export function dropContentType(records: Records, scope: ContentTypeScope, record: ContentTypeRecord): void {
  refuseBuiltIn(scope, record);
  contentTypes.delete(records, scope.key + record.id);
}

/** @throws ServiceError 400 for a built-in one. */
export function refuseBuiltIn(scope: ContentTypeScope, { id, name }: ContentTypeRecord): void {
  if (scope.builtIn.some((one) => one.id === id))
    throw invalidRequest(`The content type ${name} cannot be changed or deleted.`, 'notAllowed');
}

/** Deletes the content types that were created in a scope. */
export function dropContentTypes(records: Records, scope: ContentTypeScope): void {
  for (const { id } of createdIn(records, scope)) contentTypes.delete(records, scope.key + id);
}
