/**
 * The configuration file as a zod schema: what `config check` holds a file to, and what the JSON Schema in the package
 * is made from, so that an editor can complete and check the file. The reader that every command uses
 * (`read-config.ts`) costs no start-up time; a test holds the two to one another.
 */
import { z } from 'zod';

const text = z.string();
/** Every scalar of the file is text to the reader, and something else to an editor that knows YAML's types. */
const scalar = z.union([z.string(), z.number()]);
const flag = z.union([z.boolean(), z.enum(['true', 'false', 'yes', 'no', 'on', 'off'])]);
const address = text.regex(
  /^(https:\/\/|http:\/\/(localhost|127\.|\[::1\]))[^\s@?#]*$/,
  'an https address, or http on 127.0.0.1',
);

const client = z
  .object({
    id: scalar.optional().describe('The registered application (client) id.'),
    secret: scalar
      .optional()
      .describe('Of an application that has one. ONEDRIVE_CLIENT_SECRET keeps it out of the file.'),
    certificate: text.optional().describe('Path of a PEM (certificate and private key) or a PFX.'),
    certificate_password: scalar.optional().describe('Of the private key or the PFX.'),
    federated_token_file: text
      .optional()
      .describe('Path of a token of another issuer, read anew for each use.'),
    federation: z.enum(['github']).optional().describe('Where else such a token comes from.'),
  })
  .describe('Which application signs in, and how it proves itself.');

const auth = z
  .object({
    sealed: text.optional().describe("The tokens, encrypted with a key of the system's key store."),
    refresh_token: scalar.optional(),
    access_token: scalar.optional(),
    access_expires: scalar.optional().describe('Seconds since 1970.'),
    code: scalar.optional().describe('Left by python-onedrive; exchanged once.'),
    username: text.optional(),
    name: text.optional(),
    tenant: text.optional(),
    granted: z
      .union([text, z.array(text)])
      .optional()
      .describe('Scopes that the last sign-in was granted.'),
  })
  .describe('What the last sign-in left. Written by the program.');

const request = z
  .looseObject({ base_headers: z.record(text, scalar).optional().describe('Sent with every request.') })
  .describe('Settings of requests.');

const network = z
  .object({
    proxy: text.optional().describe('Instead of HTTPS_PROXY; none for no proxy.'),
    ca_cert: text.optional().describe('PEM of authorities to trust besides the usual ones.'),
    client_cert: text
      .optional()
      .describe('PEM (certificate and key) or PFX to show to a server or proxy that asks.'),
    client_cert_password: scalar.optional(),
    timeout: scalar.optional().describe('Seconds without a byte after which a request is given up.'),
    ip: z.union([z.enum(['auto', '4', '6']), z.literal(4), z.literal(6)]).optional(),
    user_agent: text.optional().describe('In the form NONISV|Company|App/1.0.'),
  })
  .describe('How requests travel.');

const endpoints = z
  .object({ authority: address.optional(), graph: address.optional(), live: address.optional() })
  .describe('Replaces the addresses of the cloud, for a server under test.');

const keys = {
  client: client.nullish(),
  auth: auth.nullish(),
  request: request.nullish(),
  network: network.nullish(),
  endpoints: endpoints.nullish(),
  account: text
    .nullish()
    .describe('The address to suggest on the sign-in page; of an application: whose drive.'),
  tenant: scalar.nullish().describe('common, organizations, consumers, a GUID or a domain.'),
  cloud: z.enum(['global', 'us-gov', 'us-gov-dod', 'china']).nullish(),
  drive: scalar.nullish().describe("Id of the drive; default: the account's own."),
  scopes: z
    .union([text, z.array(text)])
    .nullish()
    .describe('Exactly what to ask for, and the limit of it.'),
  sign_in: z.enum(['user', 'app']).nullish().describe('As a person, or as the application itself.'),
  read_only: flag.nullish().describe('Refuse every change before anything is sent.'),
  secrets: z.enum(['auto', 'keyring', 'file']).nullish().describe('Where a new sign-in is kept.'),
  api: z.enum(['graph', 'live-v5']).nullish(),
};

/** One account. */
const profileSchema = z.object(keys);

/** The whole file. */
export const configSchema = z.object({
  $schema: text.optional(),
  ...keys,
  profile: text.nullish().describe('Which profile counts where --profile is not given.'),
  profiles: z.record(text, profileSchema.nullable()).nullish().describe('Further accounts by name.'),
});

/** The JSON Schema (draft 2020-12) of the file. Unknown keys are kept and ignored, so it allows them. */
export function configJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(configSchema, { io: 'input' }),
    title: 'Configuration of onedrive-cli',
  };
}
