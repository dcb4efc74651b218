/**
 * The document's schemas, made strict: inheritance flattened, unknown properties refused, "this type, or any object"
 * read as "this type". What the live service sends although the document does not know it is listed here, with where
 * it was seen: those are the only exceptions.
 */

export type Schema = Readonly<Record<string, unknown>>;

const anything: Schema = {};

/** Properties that the document lacks, by schema. */
const alsoSent: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  // Codes nest in `innerError`: https://learn.microsoft.com/graph/errors
  'microsoft.graph.ODataErrors.InnerError': {
    code: { type: 'string' },
    innerError: { $ref: '#/components/schemas/microsoft.graph.ODataErrors.InnerError' },
    // Sent without a zone by the service: answers recorded in pnp/cli-microsoft365.
    date: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?$' },
  },
  // Recorded in pnp/cli-microsoft365: every identity of a business account has it.
  'microsoft.graph.identity': { email: { type: 'string' } },
  'microsoft.graph.sharePointIdentity': { email: { type: 'string' } },
  // Group drives: https://learn.microsoft.com/graph/api/drive-get, "Get the document library associated with a group"
  'microsoft.graph.identitySet': { group: { $ref: '#/components/schemas/microsoft.graph.identity' } },
  // Relations that the document cut off: https://learn.microsoft.com/graph/api/list-get, …/listitemversion-get
  'microsoft.graph.list': { columns: anything, contentTypes: anything },
  // abraunegg/onedrive and https://learn.microsoft.com/graph/api/subscriptions-socketio
  'microsoft.graph.subscription': { expirationDateTime: anything },
};

/** Schemas whose properties are not fixed. */
const open = new Set([
  // Columns of a list: https://learn.microsoft.com/graph/api/resources/fieldvalueset
  'microsoft.graph.fieldValueSet',
  // Sizes that a client makes up: https://learn.microsoft.com/graph/api/driveitem-list-thumbnails
  'microsoft.graph.thumbnailSet',
]);

type Schemas = Readonly<Record<string, Schema>>;

/** All schemas, closed. */
export function closedSchemas(schemas: Schemas): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      {
        ...closeObject(schema, schemas, alsoSent[name]),
        ...(open.has(name) ? { additionalProperties: true } : {}),
      },
    ]),
  );
}

function closeObject(schema: Schema, schemas: Schemas, more: Readonly<Record<string, Schema>> = {}): Schema {
  const { properties, required } = flatten(schema, schemas);
  if (Object.keys(properties).length === 0) return closeLeaf(schema);
  const closed = Object.entries({ ...properties, ...more }).map(([key, value]) => [
    key,
    closeSchema(value as Schema, schemas),
  ]);
  return {
    type: 'object',
    properties: Object.fromEntries(closed) as Record<string, unknown>,
    required,
    // Annotations are not part of the document.
    patternProperties: { '@': {} },
    additionalProperties: false,
  };
}

/** An object that may hold anything, or a plain value. */
function closeLeaf(whole: Schema): Schema {
  const { allOf, ...schema } = whole;
  if (allOf === undefined) return whole;
  return schema;
}

interface Flat {
  readonly properties: Record<string, unknown>;
  readonly required: readonly string[];
}

/** A schema with everything it inherits. */
function flatten(schema: Schema, schemas: Schemas): Flat {
  const reference = schema['$ref'];
  if (typeof reference === 'string')
    return flatten(schemas[reference.split('/').at(-1) ?? ''] ?? {}, schemas);
  const parts = ((schema['allOf'] ?? []) as readonly Schema[]).map((part) => flatten(part, schemas));
  return {
    properties: Object.assign(
      {},
      ...parts.map((part) => part.properties),
      schema['properties'] ?? {},
    ) as Record<string, unknown>,
    required: [
      ...parts.flatMap((part) => part.required),
      ...((schema['required'] ?? []) as readonly string[]),
    ],
  };
}

/** A schema in place: references made absolute, `nullable` made a type, loose alternatives taken out. */
export function closeSchema(schema: Schema, schemas: Schemas): Schema {
  if (typeof schema['$ref'] === 'string') return { $ref: `contract${schema['$ref']}` };
  const alternatives = schema['anyOf'] as readonly Schema[] | undefined;
  if (alternatives !== undefined) {
    const named = alternatives.filter((one) => '$ref' in one);
    const strict = (named.length > 0 ? named : alternatives).map((one) => closeSchema(one, schemas));
    return { anyOf: [...strict, { type: 'null' }] };
  }
  if ('allOf' in schema || 'properties' in schema) return closeObject(schema, schemas);
  const choices = schema['oneOf'] as readonly Schema[] | undefined;
  // Numbers stand beside their names for NaN and infinity: a value may satisfy more than one.
  if (choices !== undefined) return { anyOf: choices.map((one) => closeSchema(one, schemas)) };
  const { items, nullable, ...rest } = schema;
  const list = items === undefined ? {} : { items: closeSchema(items as Schema, schemas) };
  const type = nullable === true && typeof rest['type'] === 'string' ? { type: [rest['type'], 'null'] } : {};
  const values =
    nullable === true && Array.isArray(rest['enum']) ? { enum: [...(rest['enum'] as unknown[]), null] } : {};
  return { ...rest, ...list, ...type, ...values };
}
