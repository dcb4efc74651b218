/**
 * The configuration file as a zod schema: `config check` validates a file with it, and the JSON Schema in the
 * package is generated from it, so that an editor can complete and check the file. The reader that every
 * command uses (`read-config.ts`) costs no start-up time; a test verifies that the two agree.
 */
import { z } from 'zod';

const text = z.string();
/**
 * Every scalar of the file is text for the reader, but may have another type for an editor that knows YAML's
 * types.
 */
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
      .describe(
        'Secret of a confidential application. Use ONEDRIVE_CLIENT_SECRET to keep it out of the file.',
      ),
    certificate: text.optional().describe('Path of a PEM (certificate and private key) or a PFX.'),
    certificate_password: scalar.optional().describe('Password of the private key or the PFX.'),
    federated_token_file: text.optional().describe('Path of a token of another issuer, read for each use.'),
    federation: z.enum(['github']).optional().describe('Other source of such a token.'),
  })
  .describe('The application that signs in, and its credential.');

const auth = z
  .object({
    sealed: text.optional().describe("The tokens, encrypted with a key in the system's keychain."),
    refresh_token: scalar.optional(),
    access_token: scalar.optional(),
    access_expires: scalar.optional().describe('Seconds since 1970.'),
    code: scalar.optional().describe('Written by python-onedrive; exchanged once.'),
    username: text.optional(),
    name: text.optional(),
    tenant: text.optional(),
    granted: z
      .union([text, z.array(text)])
      .optional()
      .describe('Scopes granted at the last sign-in.'),
  })
  .describe('Tokens of the last sign-in. Written by the program.');

const request = z
  .looseObject({ base_headers: z.record(text, scalar).optional().describe('Sent with every request.') })
  .describe('Settings of requests.');

const network = z
  .object({
    proxy: text.optional().describe('Replaces HTTPS_PROXY; none for no proxy.'),
    ca_cert: text
      .optional()
      .describe('PEM of certificate authorities to trust in addition to the default ones.'),
    client_cert: text
      .optional()
      .describe(
        'PEM (certificate and key) or PFX for servers and proxies that request a client certificate.',
      ),
    client_cert_password: scalar.optional(),
    timeout: scalar.optional().describe('Timeout in seconds without a byte.'),
    ip: z.union([z.enum(['auto', '4', '6']), z.literal(4), z.literal(6)]).optional(),
    user_agent: text.optional().describe('In the form NONISV|Company|App/1.0.'),
  })
  .describe('Network settings.');

const endpoints = z
  .object({ authority: address.optional(), graph: address.optional(), live: address.optional() })
  .describe('Replaces the addresses of the cloud, for a test server.');

const keys = {
  client: client.nullish(),
  auth: auth.nullish(),
  request: request.nullish(),
  network: network.nullish(),
  endpoints: endpoints.nullish(),
  account: text
    .nullish()
    .describe(
      'The address to suggest on the sign-in page; for an application: the user whose drive is used.',
    ),
  tenant: scalar.nullish().describe('common, organizations, consumers, a GUID or a domain.'),
  cloud: z.enum(['global', 'us-gov', 'us-gov-dod', 'china']).nullish(),
  drive: scalar.nullish().describe("Id of the drive. Default: the account's own."),
  scopes: z
    .union([text, z.array(text)])
    .nullish()
    .describe('The exact scopes to request, which also limit the sign-in.'),
  sign_in: z.enum(['user', 'app']).nullish().describe('As a user, or as the application itself.'),
  read_only: flag.nullish().describe('Refuse every change before anything is sent.'),
  output: z.enum(['list', 'plain']).nullish().describe('How the command line prints lists.'),
  secrets: z.enum(['auto', 'keyring', 'file']).nullish().describe('Where to store a new sign-in.'),
  api: z.enum(['graph', 'live-v5']).nullish(),
};

/** One account. */
const profileSchema = z.object(keys);

/** The whole file. */
export const configSchema = z.object({
  $schema: text.optional(),
  ...keys,
  profile: text.nullish().describe('The profile that is used without --profile.'),
  profiles: z.record(text, profileSchema.nullable()).nullish().describe('Further accounts by name.'),
});

/** The JSON Schema (draft 2020-12) of the file. Unknown keys are kept and ignored, so it allows them. */
export function configJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(configSchema, { io: 'input' }),
    title: 'Configuration of onedrive-cli',
  };
}
