/** Converts the network settings of a profile to options of the Node transport: reads files and selects proxies. */

import { OneDriveError } from 'onedrive-kit/errors';
import type { HeaderMap } from 'onedrive-kit/http';
import { proxyChoice } from 'onedrive-kit/http';
import { pemPair } from 'onedrive-kit/internal/auth/read-certificate';
import type { NetworkSettings, Profile } from 'onedrive-kit/internal/config/types';
import type { NodeTransportOptions } from 'onedrive-kit/internal/http/node/options';
import { absolute } from '../arguments/local-path.ts';
import { readLocalFile } from '../arguments/read-local-file.ts';
import type { World } from '../world.ts';
import { setting } from './setting.ts';

/** @throws OneDriveError `config` if a configured file cannot be read. */
export async function networkOptions(network: NetworkSettings, world: World): Promise<NodeTransportOptions> {
  const { caCert, clientCert, timeoutMs, ip, proxy, maxConnections } = network;
  return {
    proxy: proxyChoice(world.env, proxy),
    lookup: world.lookup,
    ...(caCert === undefined ? {} : { extraCa: await extraAuthorities(caCert, world) }),
    ...(clientCert === undefined
      ? {}
      : { clientCertificate: await clientCertificate(network, clientCert, world) }),
    ...(maxConnections === undefined ? {} : { maxConnections }),
    ...(ip === undefined ? {} : { family: ip === '6' ? 6 : 4 }),
    ...(timeoutMs === undefined
      ? {}
      : { connectTimeoutMs: timeoutMs, headTimeoutMs: timeoutMs, idleTimeoutMs: timeoutMs }),
  };
}

/** The certificates to trust. Node ignores NODE_EXTRA_CA_CERTS if others are given, so that file is read too. */
async function extraAuthorities(caCert: string, world: World): Promise<readonly string[]> {
  const node = setting(world.env['NODE_EXTRA_CA_CERTS']);
  const read = async (path: string): Promise<string> =>
    new TextDecoder().decode(
      await readLocalFile(world.fs, absolute(world, path), 'the certificate authority'),
    );
  const pem = await read(caCert);
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw noCertificate(caCert);
  return [pem, ...(node === undefined ? [] : [await read(node)])];
}

/** The error for a file without certificates, which Node would ignore silently. */
function noCertificate(path: string): OneDriveError {
  return new OneDriveError('config', `${path} contains no certificate in PEM format.`, {
    hint: `To convert a binary certificate: openssl x509 -inform der -in ${path} -out ca.pem`,
  });
}

async function clientCertificate(
  { clientCertPassword }: NetworkSettings,
  path: string,
  world: World,
): Promise<NonNullable<NodeTransportOptions['clientCertificate']>> {
  const bytes = await readLocalFile(world.fs, absolute(world, path), 'the client certificate');
  const { cert, key } = await pemPair(bytes, path, clientCertPassword);
  return { cert, key, passphrase: clientCertPassword };
}

/** Headers of every request: those of the configuration, and its user agent if set. */
export function routeHeaders({ request, network }: Profile): HeaderMap {
  return {
    ...(network.userAgent === undefined ? {} : { 'user-agent': network.userAgent }),
    ...request.baseHeaders,
  };
}
