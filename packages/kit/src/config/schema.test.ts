/** The schema and the reader agree on every file: both accept or both reject it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { checkConfig } from './check-config.ts';
import { readConfig } from './read-config.ts';
import { configJsonSchema, configSchema } from './schema.ts';
import { settingTable } from './setting-table.ts';
import { parseYaml } from './yaml-source.ts';

const good = (text: string): boolean => {
  try {
    readConfig(parseYaml('c.yaml', text));
    return true;
  } catch {
    return false;
  }
};

const word = fc.constantFrom(
  'a',
  'global',
  'mars',
  'app',
  'user',
  'true',
  'no',
  'file',
  '4',
  '6',
  '9',
  'https://h.example',
  'http://h.example',
  'http://127.0.0.1:1',
  '',
  'x y',
  '0123',
);
const section = (...keys: string[]) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, word])), { requiredKeys: [] });
const keys = {
  client: section('id', 'secret', 'certificate', 'federation'),
  network: section('proxy', 'ca_cert', 'ip'),
  endpoints: section('graph', 'authority', 'live'),
  cloud: word,
  tenant: fc.constantFrom('common', 'x.example'),
  sign_in: word,
  read_only: word,
  secrets: word,
  output: word,
  drive: word,
  scopes: fc.oneof(word, fc.array(word)),
  account: fc.oneof(word, fc.array(word)),
};
const profile = fc.record(keys, { requiredKeys: [] });
const file = fc.record(
  { ...keys, profiles: fc.dictionary(fc.constantFrom('work', 'home'), profile) },
  { requiredKeys: [] },
);

describe('the schema of the configuration', () => {
  it('accepts the files that the reader accepts, and no others', () => {
    fc.assert(
      fc.property(file, (config) => {
        const text = stringify(config, { defaultStringType: 'QUOTE_DOUBLE' });
        const errors = checkConfig('c.yaml', text).filter(({ level }) => level === 'error');
        const bySchema = configSchema.safeParse(dropEmpty(config)).success;
        expect([text, bySchema, errors.length === 0]).toEqual([text, good(text), good(text)]);
      }),
      { numRuns: 200 },
    );
  });

  it('has every setting of the table', () => {
    const shape = configSchema.shape as Record<string, unknown>;
    for (const { key } of settingTable) {
      const [top = '', inner] = key.split('.');
      expect(shape, key).toHaveProperty(top);
      if (inner === undefined) continue;
      const text = `${top}:\n  ${inner}: "4"\n`;
      expect(
        checkConfig('c', text).filter(({ message }) => message === 'unknown setting'),
        key,
      ).toEqual([]);
    }
  });

  it('as JSON Schema accepts the file of the guide and rejects another cloud', () => {
    const validate = new Ajv2020({ strict: false }).compile(configJsonSchema());
    expect(
      validate({
        client: { id: 'a' },
        cloud: 'global',
        scopes: ['a'],
        profiles: { work: { tenant: 'x', read_only: true } },
      }),
    ).toBe(true);
    expect(validate({ cloud: 'mars' })).toBe(false);
    expect(validate({ profiles: { work: { network: { ip: 9 } } } })).toBe(false);
  });

  it('never quotes a value in a finding', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{8,20}$/), (secret) => {
        const text = `client: {secret: {a: ${secret}}}\ncloud: ${secret}\nauth: [${secret}]\n`;
        expect(JSON.stringify(checkConfig('c', text))).not.toContain(secret);
      }),
    );
  });
});

/** An empty value is the same as a missing one. */
function dropEmpty(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, dropEmpty(inner)]));
}
