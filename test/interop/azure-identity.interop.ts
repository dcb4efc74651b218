/** Credentials of `@azure/identity`, unmodified: given to `connect` as they are, and signed in at the embedded service. */

import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
} from '@azure/identity';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeTransport } from '../../packages/kit/src/http/node/node-transport.ts';
import { connect } from '../../packages/kit/src/node.ts';
import { testCertificate } from '../accounts/certificates.ts';
import { type Embedded, startEmbedded, tlsFolder } from './fixtures/embedded.ts';

const tenant = '8f4a2c6e-1b3d-4e5f-9a7b-0c1d2e3f4a5b';
const app = '99999999-2222-3333-4444-555555555555';
const own = testCertificate();
const issuer = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('@azure/identity', () => {
  let server: Embedded;
  let options: { authorityHost: string; disableInstanceDiscovery: boolean };

  beforeAll(async () => {
    const key = issuer.publicKey.export({ format: 'jwk' }) as Record<string, unknown>;
    const clients = [
      {
        id: app,
        secret: 'web secret',
        certificates: [own.cert],
        federated: [{ issuer: 'https://ci', subject: 'repo', key }],
      },
    ];
    server = await startEmbedded({
      kind: 'business',
      accounts: [{ userPrincipalName: 'me@contoso.com', drive: { files: { 'a.txt': 'x' } } }],
      identity: { clients },
    });
    options = { authorityHost: server.url, disableInstanceDiscovery: true };
  });
  afterAll(() => server.close());

  const assertion = () =>
    new SignJWT({ iss: 'https://ci', sub: 'repo', aud: 'api://AzureADTokenExchange' })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(issuer.privateKey);

  it.each([
    ['ClientSecretCredential', async () => new ClientSecretCredential(tenant, app, 'web secret', options)],
    [
      'ClientCertificateCredential',
      async () => {
        const certificatePath = join(tlsFolder(), 'azure.pem');
        await writeFile(certificatePath, own.key + own.cert, { mode: 0o600 });
        return new ClientCertificateCredential(tenant, app, { certificatePath }, options);
      },
    ],
    ['ClientAssertionCredential', async () => new ClientAssertionCredential(tenant, app, assertion, options)],
  ])('a %s opens a drive', async (_, make) => {
    const credential = await make();
    const ca = await readFile(join(tlsFolder(), 'ca.pem'), 'utf8');
    const transport = nodeTransport({ extraCa: [ca] });
    const { drive } = connect({
      credential,
      transport,
      baseUrl: `${server.url}/v1.0`,
      scopes: ['https://graph.microsoft.com/.default'],
      drive: { kind: 'user', id: 'me@contoso.com' },
    });
    const names: string[] = [];
    for await (const item of drive.list('/')) names.push(item.name);
    expect(names).toEqual(['a.txt']);
    transport.close();
  });
});
