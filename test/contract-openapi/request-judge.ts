/**
 * Requests as Microsoft's OpenAPI document sees them: the operation must be there, every query parameter declared, the
 * body of the declared shape. What Microsoft's pages document although the OpenAPI document lacks it is listed here,
 * each with its source: those are the only exceptions.
 */
import type { Ajv, ValidateFunction } from 'ajv';
import type { Document } from './contract.ts';
import { closeSchema, type Schema } from './schemas.ts';

/** A request below the version. */
export interface RequestParts {
  readonly method: string;
  /** Percent-encoded, without the version, with the query: `/me/drive/root?$select=id`. */
  readonly target: string;
  /** The JSON value that goes with it; undefined for none, or for bytes. */
  readonly body?: unknown;
  /** A body of another kind goes with it. */
  readonly bytes?: boolean;
}

/** Query parameters that Microsoft documents on the pages of the operations, and not in the OpenAPI document. */
const alsoAsked: readonly {
  readonly on: RegExp;
  readonly name: string;
  readonly source: string;
}[] = [
  {
    on: /^(PUT|PATCH|POST) /,
    name: '@microsoft.graph.conflictBehavior',
    source: 'https://learn.microsoft.com/graph/api/resources/driveitem#instance-attributes',
  },
  {
    on: /^GET .*\/delta\(\)$/,
    name: 'token',
    source: 'https://learn.microsoft.com/graph/api/driveitem-delta#parameters',
  },
  {
    on: /^GET .*/,
    name: '$skiptoken',
    source: 'https://learn.microsoft.com/graph/paging',
  },
  {
    on: /^GET .*\/content$/,
    name: 'format',
    source: 'https://learn.microsoft.com/graph/api/driveitem-get-content-format',
  },
  {
    on: /^GET .*\/sharedWithMe\(\)$/,
    name: 'allowexternal',
    source: 'https://learn.microsoft.com/graph/api/drive-sharedwithme#access-shared-items',
  },
  {
    on: /^GET \/sites$/,
    name: 'search',
    source: 'https://learn.microsoft.com/graph/api/site-search',
  },
];

/** Operations that Microsoft documents and the document, which is about files, leaves out. */
const alsoThere: Readonly<Record<string, string>> = {
  'GET /{drive}/root/subscriptions/socketIo': 'https://learn.microsoft.com/graph/api/subscriptions-socketio',
  'GET /me/followedSites': 'https://learn.microsoft.com/graph/api/sites-list-followed',
  'GET /me/memberOf/microsoft.graph.group': 'https://learn.microsoft.com/graph/api/user-list-memberof',
  'GET /sites/{site-id}/recycleBin/items': 'https://learn.microsoft.com/graph/api/recyclebin-list-items',
  'GET /{item}/thumbnails/{id}/{size}':
    'https://learn.microsoft.com/graph/api/driveitem-list-thumbnails#get-a-single-thumbnail',
  'POST /me/revokeSignInSessions': 'https://learn.microsoft.com/graph/api/user-revokesigninsessions',
};

/** Judges requests by the document. */
export function requestJudge(
  { paths, components }: Document,
  ajv: Ajv,
  find: (path: string) => string | undefined,
): (request: RequestParts) => readonly string[] {
  const validators = new Map<string, ValidateFunction | undefined>();
  const parameterOf = (one: Schema): Schema => {
    const reference = one['$ref'];
    return typeof reference === 'string'
      ? (components.parameters[reference.split('/').at(-1) ?? ''] ?? {})
      : one;
  };
  const validatorOf = (key: string, schema: Schema | undefined): ValidateFunction | undefined => {
    if (!validators.has(key))
      validators.set(
        key,
        schema === undefined ? undefined : ajv.compile(closeSchema(schema, components.schemas)),
      );
    return validators.get(key);
  };

  return ({ method, target, body, bytes = false }) => {
    const [path = '', query = ''] = target.split(/\?(.*)/s);
    const template = find(path);
    const item = template === undefined ? undefined : paths[template];
    const operation = item?.[method.toLowerCase()];
    const known = path
      .replace(/^\/sites\/[^/]+/, '/sites/{site-id}')
      .replace(/^.*(?=\/root\/subscriptions\/socketIo$)/, '/{drive}')
      .replace(/^.*\/thumbnails\/\d+\/\w+$/, '/{item}/thumbnails/{id}/{size}');
    if (Object.hasOwn(alsoThere, `${method} ${known}`)) return [];
    if (template === undefined || operation === undefined)
      return [`${method} ${path} is no operation of the document`];
    const key = `${method} ${template}`;
    const declared = [...((item?.['parameters'] ?? []) as readonly Schema[]), ...(operation.parameters ?? [])]
      .map(parameterOf)
      .filter((one) => one['in'] === 'query')
      .map((one) => one['name']);
    const asked = [...new URLSearchParams(query).keys()];
    const strange = asked.filter(
      (name) => !declared.includes(name) && !alsoAsked.some((one) => one.name === name && one.on.test(key)),
    );
    return [
      ...strange.map((name) => `${key} has no query parameter ${name}`),
      ...bodyProblems(key, operation.requestBody, { body, bytes }, validatorOf),
    ];
  };
}

function bodyProblems(
  key: string,
  declared: Schema | undefined,
  { body, bytes }: { readonly body: unknown; readonly bytes: boolean },
  validatorOf: (key: string, schema: Schema | undefined) => ValidateFunction | undefined,
): readonly string[] {
  const sends = body !== undefined || bytes;
  if (declared === undefined) return sends ? [`${key} takes no body`] : [];
  if (!sends) return declared['required'] === true ? [`${key} needs a body`] : [];
  const content = (declared['content'] ?? {}) as Readonly<Record<string, { readonly schema?: Schema }>>;
  if (bytes) return 'application/json' in content ? [`${key} takes JSON, and something else was sent`] : [];
  const validate = validatorOf(key, content['application/json']?.schema);
  if (validate === undefined || validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${key} body ${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}
