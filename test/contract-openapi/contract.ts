/**
 * Microsoft's own OpenAPI document of the drive API as a judge of answers. The document is not part of this project:
 * ONEDRIVE_KIT_CONTRACT names the folder that holds it; without it nothing is checked, and a notice is printed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { type RequestParts, requestJudge } from './request-judge.ts';
import { closedSchemas, closeSchema, type Schema } from './schemas.ts';
import { templateOf } from './template.ts';

interface Operation {
  readonly parameters?: readonly Schema[];
  readonly requestBody?: Schema;
  readonly responses: Readonly<Record<string, Schema>>;
}

/** The parts of the document that are read here. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Schema>>;
  };
}

export interface Contract {
  /** `GET /drives/{drive-id}/…` of every operation. */
  readonly operations: readonly string[];
  /** The operation that a request is, or undefined when the document does not have it. */
  operation(method: string, path: string): string | undefined;
  /** What is wrong with an answer; empty when nothing is, or nothing is said about it. */
  judge(method: string, path: string, status: number, body: unknown): readonly string[];
  /** What is wrong with a request; empty when nothing is. */
  judgeRequest(request: RequestParts): readonly string[];
}

/** Where the document is, if it is anywhere. */
export function contractFile(): string | undefined {
  const folder = process.env['ONEDRIVE_KIT_CONTRACT'];
  const file = folder === undefined || folder === '' ? undefined : join(folder, 'openapi-drive.json');
  return file !== undefined && existsSync(file) ? file : undefined;
}

let loaded: Contract | undefined;

/** The contract, read once; undefined without the document. */
export function loadContract(): Contract | undefined {
  const file = contractFile();
  if (file === undefined) return undefined;
  loaded ??= createContract(JSON.parse(readFileSync(file, 'utf8')) as Document);
  return loaded;
}

const methods = new Set(['get', 'put', 'post', 'patch', 'delete']);

function createContract(document: Document): Contract {
  const { paths, components } = document;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'contract', components: { schemas: closedSchemas(components.schemas) } });
  const find = templateOf(Object.keys(paths));
  const validators = new Map<string, ValidateFunction | undefined>();

  const validator = (operation: Operation, key: string, status: number): ValidateFunction | undefined => {
    const { responses } = operation;
    const found = responses[status] ?? responses[`${Math.floor(status / 100)}XX`];
    const name = `${key} ${found === responses[status] ? status : Math.floor(status / 100)}`;
    if (!validators.has(name)) {
      const schema = found === undefined ? undefined : schemaOf(found, components.responses);
      validators.set(
        name,
        schema === undefined ? undefined : ajv.compile(closeSchema(schema, components.schemas)),
      );
    }
    return validators.get(name);
  };

  return {
    operations: Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => methods.has(method))
        .map((method) => `${method.toUpperCase()} ${path}`),
    ),
    operation(method, path) {
      const template = find(path);
      const known = template !== undefined && paths[template]?.[method.toLowerCase()] !== undefined;
      return known ? `${method} ${template}` : undefined;
    },
    judge(method, path, status, body) {
      const template = find(path);
      const operation = template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
      if (operation === undefined) return [];
      const validate = validator(operation, `${method} ${template ?? ''}`, status);
      if (validate === undefined || validate(body)) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
      );
    },
    judgeRequest: requestJudge(document, ajv, find),
  };
}

/** The JSON schema of a response, which may stand by reference. */
function schemaOf(response: Schema, all: Readonly<Record<string, Schema>>): Schema | undefined {
  const reference = response['$ref'];
  const whole = typeof reference === 'string' ? all[reference.split('/').at(-1) ?? ''] : response;
  const content = whole?.['content'] as Record<string, { schema?: Schema }> | undefined;
  return content?.['application/json']?.schema;
}
