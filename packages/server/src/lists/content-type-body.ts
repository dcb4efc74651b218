/** Content types in the bodies of requests: https://learn.microsoft.com/graph/api/site-post-contenttypes, …/contenttype-update */
import { isObject } from '../core/body.ts';
import { invalidRequest } from '../core/service-error.ts';
import type { Json } from '../files/items/item-json.ts';

/** Properties that a client may set. */
export interface ContentTypeProperties {
  readonly name?: string;
  readonly description?: string;
  readonly group?: string;
  readonly hidden?: boolean;
  readonly readOnly?: boolean;
}

/** Characters. */
const longestText = 255;
/** Names that SharePoint refuses contain one of these. */
const refusedInNames = /[\\/:*?"#%<>{}|~&,;\p{Cc}]/u;

/** Reads the properties in a body. @throws ServiceError 400 for an invalid type or name. */
export function readContentType(body: Json): ContentTypeProperties {
  const { name } = body;
  if (name !== undefined && (!isText(name) || name.trim() === '' || refusedInNames.test(name)))
    throw invalidRequest('The property name is not valid for a content type.', 'invalidParameterFormat');
  const texts = { name: name?.trim(), ...read(body, ['description', 'group'], isText, 'a short text') };
  return { ...withoutUndefined(texts), ...read(body, ['hidden', 'readOnly'], isBoolean, 'true or false') };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= longestText;
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

function read<T>(
  body: Json,
  names: readonly string[],
  isValid: (value: unknown) => value is T,
  expected: string,
): Record<string, T> {
  const values: Record<string, T> = {};
  for (const name of names) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (!isValid(value))
      throw invalidRequest(`The property ${name} must be ${expected}.`, 'invalidParameterFormat');
    values[name] = value;
  }
  return values;
}

function withoutUndefined(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * The id of the parent: `base.id`, or the last segment of `base@odata.bind`. Default: the content type Item.
 * @throws ServiceError 400.
 */
export function readParentId(body: Json): string {
  const { base, 'base@odata.bind': bound } = body;
  if (typeof bound === 'string') return lastSegment(bound);
  if (base === undefined || base === null) return '0x01';
  const id = isObject(base) ? base['id'] : undefined;
  if (typeof id !== 'string')
    throw invalidRequest('The property base must name a content type by its id.', 'invalidParameterFormat');
  return id;
}

/** The id of a content type in the `contentType` of an addCopy body, which is an id or a URL. @throws ServiceError 400. */
export function readCopied({ contentType }: Json): string {
  if (typeof contentType !== 'string' || contentType === '')
    throw invalidRequest(
      'The property contentType must be the URL of a content type of the site.',
      'invalidParameterFormat',
    );
  return lastSegment(contentType);
}

const lastSegment = (url: string): string => /([^/'(]+)(?:'\))?\/?$/.exec(url)?.[1] ?? '';
