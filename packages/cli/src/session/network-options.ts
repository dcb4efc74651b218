/** From the network settings of a profile to what the Node transport takes: files read, proxies chosen. */

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

/** @throws OneDriveError `config` when a file that is named cannot be read. */
export async function networkOptions(network: NetworkSettings, world: World): Promise<NodeTransportOptions> {
  const { caCert, clientCert, timeoutMs, ip, proxy, maxConnections } = network;
  return {
    proxy: proxyChoice(world.env, proxy),
    lookup: world.lookup,
    ...(caCert === undefined ? {} : { extraCa: await extraAuthorities(caCert, world) }),
    ...(clientCert === undefined
      ? {}
      : { clientCertificate: await ownCertificate(network, clientCert, world) }),
    ...(maxConnections === undefined ? {} : { maxConnections }),
    ...(ip === undefined ? {} : { family: ip === '6' ? 6 : 4 }),
    ...(timeoutMs === undefined
      ? {}
      : { connectTimeoutMs: timeoutMs, headTimeoutMs: timeoutMs, idleTimeoutMs: timeoutMs }),
  };
}

/** Node forgets NODE_EXTRA_CA_CERTS where authorities are named, so its file goes along. */
async function extraAuthorities(caCert: string, world: World): Promise<readonly string[]> {
  const node = setting(world.env['NODE_EXTRA_CA_CERTS']);
  const read = async (path: string): Promise<string> =>
    new TextDecoder().decode(
      await readLocalFile(world.fs, absolute(world, path), 'the certificate authority'),
    );
  const own = await read(caCert);
  if (!own.includes('-----BEGIN CERTIFICATE-----')) throw noCertificate(caCert);
  return [own, ...(node === undefined ? [] : [await read(node)])];
}

/** Node would pass over such a file in silence. */
function noCertificate(path: string): OneDriveError {
  return new OneDriveError('config', `There is no certificate in ${path} (PEM was expected).`, {
    hint: `Binary ones become PEM with: openssl x509 -inform der -in ${path} -out ca.pem`,
  });
}

async function ownCertificate(
  { clientCertPassword }: NetworkSettings,
  path: string,
  world: World,
): Promise<NonNullable<NodeTransportOptions['clientCertificate']>> {
  const bytes = await readLocalFile(world.fs, absolute(world, path), 'the client certificate');
  const { cert, key } = await pemPair(bytes, path, clientCertPassword);
  return { cert, key, passphrase: clientCertPassword };
}

/** What goes with every request: the configuration's own headers, and who is calling where it says so. */
export function routeHeaders({ request, network }: Profile): HeaderMap {
  return {
    ...(network.userAgent === undefined ? {} : { 'user-agent': network.userAgent }),
    ...request.baseHeaders,
  };
}
