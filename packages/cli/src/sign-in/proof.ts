/** Reads the client credential of a profile: certificate, federated token or secret. */
import type { ClientProof } from 'onedrive-kit/auth';
import type { Transport } from 'onedrive-kit/http';
import type { ClientSettings } from 'onedrive-kit/internal/config/types';
import { absolute } from '../arguments/local-path.ts';
import { readLocalFile } from '../arguments/read-local-file.ts';
import type { World } from '../world.ts';

/** @throws OneDriveError `config` for an invalid certificate. */
export async function clientProof(
  client: ClientSettings,
  world: World,
  transport: Transport,
): Promise<ClientProof> {
  const { federatedTokenFile, federation, certificate, certificatePassword, secret } = client;
  if (federatedTokenFile !== undefined || federation !== undefined) {
    const { fileToken, githubToken } = await import('onedrive-kit/internal/auth/federated-token');
    if (federatedTokenFile === undefined)
      return { kind: 'federated', token: githubToken({ env: world.env, transport }) };
    const path = absolute(world, federatedTokenFile);
    return { kind: 'federated', token: fileToken(() => world.fs.readFile(path, 'utf8'), federatedTokenFile) };
  }
  if (certificate !== undefined) {
    const { readCertificate } = await import('onedrive-kit/internal/auth/read-certificate');
    const bytes = await readLocalFile(world.fs, absolute(world, certificate), 'the certificate');
    const options = { password: certificatePassword, now: world.clock.now() };
    return { kind: 'certificate', certificate: await readCertificate(bytes, certificate, options) };
  }
  return secret ? { kind: 'secret', secret } : { kind: 'none' };
}
