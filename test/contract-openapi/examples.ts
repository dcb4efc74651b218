/**
 * Requests and answers of Microsoft's own pages, as data beside the OpenAPI document. What a page shows is a sample:
 * its shape is what the answer of the embedded server is held to, not its values.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contractFile } from './contract.ts';

export interface Example {
  /** Page and name: `driveitem_copy.md copy-item`. A page may show several answers to one request. */
  readonly title: string;
  readonly name: string;
  readonly method: string;
  /** With `{placeholders}`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

interface Line {
  readonly file: string;
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly response: { readonly status: number; readonly body: unknown } | null;
  readonly usable: { readonly emulatorRoute: boolean };
}

/** Every documented exchange that a server can be asked for; none without the folder. */
export function loadExamples(): readonly Example[] {
  const contract = contractFile();
  if (contract === undefined) return [];
  return ['doc-examples.jsonl', 'doc-examples-graph2021.jsonl']
    .map((name) => join(dirname(contract), name))
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as Line)
    .flatMap(({ file, name, request, response, usable }) =>
      response === null || !usable.emulatorRoute
        ? []
        : [
            {
              title: `${file.split('/').at(-1) ?? ''} ${name} ${response.status}`,
              name,
              ...request,
              status: response.status,
              answer: response.body,
            },
          ],
    );
}

/** What `answer` lacks of the shape of `documented`: paths of properties, with what is wrong with each. */
export function missing(documented: unknown, answer: unknown, path = ''): readonly string[] {
  if (documented === null || answer === null) return [];
  if (Array.isArray(documented)) {
    if (!Array.isArray(answer)) return [`${path} is no list`];
    // Every documented element has to be like one of the answer's.
    return documented.flatMap((one) => {
      const faults = (answer as unknown[]).map((other) => missing(one, other, `${path}[]`));
      const best = faults.sort((left, right) => left.length - right.length)[0];
      return best ?? [`${path} is empty`];
    });
  }
  if (typeof documented !== 'object')
    return typeof documented === typeof answer
      ? []
      : [`${path} is ${typeof answer}, not ${typeof documented}`];
  if (typeof answer !== 'object') return [`${path} is ${typeof answer}, not an object`];
  return Object.entries(documented as Record<string, unknown>)
    .filter(([name]) => !name.startsWith('@odata.') || name === '@odata.deltaLink')
    .flatMap(([name, value]) => {
      const own = (answer as Record<string, unknown>)[name];
      return own === undefined ? [`${path}.${name} is missing`] : missing(value, own, `${path}.${name}`);
    });
}
