/** Validates responses with Microsoft's OpenAPI document of the drive API, if the folder in ONEDRIVE_KIT_CONTRACT has it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
}

interface Document {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface OpenApi {
  /** All errors of `value` as a `microsoft.graph.{type}`: wrong types, and names that the type does not have. */
  problems(type: string, value: unknown): readonly string[];
}

/** The document, or undefined if it is missing. */
export function openApi(): OpenApi | undefined {
  const folder = process.env['ONEDRIVE_KIT_CONTRACT'];
  const path = folder === undefined ? undefined : join(folder, 'openapi-drive.json');
  if (path === undefined || !existsSync(path)) return undefined;
  const document = JSON.parse(readFileSync(path, 'utf8')) as Document;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(document, 'openapi');
  const compiled = new Map<string, ValidateFunction>();
  return {
    problems(type, value) {
      const name = `microsoft.graph.${type}`;
      let validate = compiled.get(name);
      if (validate === undefined) {
        validate = ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
        compiled.set(name, validate);
      }
      validate(value);
      const wrong = (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
      return [...wrong, ...unknownNames(document, { $ref: `#/components/schemas/${name}` }, value, '')];
    },
  };
}

function resolve(document: Document, schema: Schema): readonly Schema[] {
  if (schema.$ref !== undefined) {
    const found = document.components.schemas[schema.$ref.replace('#/components/schemas/', '')];
    return found === undefined ? [] : resolve(document, found);
  }
  return [
    schema,
    ...[...(schema.allOf ?? []), ...(schema.anyOf ?? [])].flatMap((part) => resolve(document, part)),
  ];
}

/** Names that no schema of an object declares. Annotations (`@…`, `…@odata…`) are not part of the document. */
function unknownNames(document: Document, schema: Schema, value: unknown, path: string): string[] {
  const schemas = resolve(document, schema);
  if (Array.isArray(value)) {
    const items = schemas.flatMap((part) => part.items ?? []);
    return items.length === 0
      ? []
      : value.flatMap((item, at) => unknownNames(document, { allOf: items }, item, `${path}/${at}`));
  }
  if (typeof value !== 'object' || value === null) return [];
  const properties = new Map(schemas.flatMap((part) => Object.entries(part.properties ?? {})));
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name.includes('@')) return [];
    const known = properties.get(name);
    return known === undefined
      ? [`${path}/${name} is not declared`]
      : unknownNames(document, known, inner, `${path}/${name}`);
  });
}
