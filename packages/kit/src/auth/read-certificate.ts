/**
 * Reads a client certificate from a file: PEM with a certificate and its private key (encrypted or not), or
 * PFX (PKCS#12). Needs Node; loaded only if a certificate is configured.
 */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { base64url } from './base64url.ts';
import type { ClientCertificate } from './client-proof.ts';
import { type PemPair, unusable } from './pem-pair.ts';

/** Options for reading a certificate. */
export interface ReadCertificateOptions {
  readonly password?: string | undefined;
  /**
   * Milliseconds since the epoch: an expired or not yet valid certificate is refused before a request is
   * sent.
   */
  readonly now?: number | undefined;
}

/**
 * Reads the bytes of a PEM or PFX file.
 * @param source the path, for messages.
 * @throws OneDriveError `config` if there is no certificate or key, the password is wrong or missing, the key
 * does not match, or the certificate is not valid now.
 */
export async function readCertificate(
  bytes: Uint8Array,
  source: string,
  { password, now }: ReadCertificateOptions = {},
): Promise<ClientCertificate> {
  const { cert, key } = await pemPair(bytes, source, password);
  const certificate = parsedCertificate(cert, source);
  const privateKey = parsedKey(key, password, source);
  if (!certificate.checkPrivateKey(privateKey))
    throw unusable(source, 'its private key belongs to another certificate');
  const validFrom = Date.parse(certificate.validFrom);
  const validTo = Date.parse(certificate.validTo);
  if (now !== undefined) checkTime(source, validFrom, validTo, now);
  return {
    privateKey: await signingKey(privateKey, source),
    thumbprint: base64url(
      new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(certificate.raw))),
    ),
    validFrom,
    validTo,
    subject: certificate.subject.replaceAll('\n', ', '),
  };
}

/** The texts of certificate and key, from either format. @throws OneDriveError `config`. */
export async function pemPair(
  bytes: Uint8Array,
  source: string,
  password: string | undefined,
): Promise<PemPair> {
  // One character per byte. A TextDecoder cannot be used: its latin1 is windows-1252, which Node 24
  // implements.
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  if (!text.includes('-----BEGIN ')) {
    const { pemOfPfx } = await import('./read-pfx.ts');
    return pemOfPfx(text, source, password);
  }
  const cert = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(text)?.[0];
  const key = /-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----[\s\S]+?-----END \1-----/.exec(text)?.[0];
  if (cert === undefined) throw unusable(source, 'it contains no certificate');
  if (key === undefined) throw unusable(source, 'it contains no private key');
  return { cert, key };
}

function parsedCertificate(pem: string, source: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw unusable(source, 'its certificate is damaged', error);
  }
}

function parsedKey(pem: string, password: string | undefined, source: string): KeyObject {
  try {
    return createPrivateKey({
      key: pem,
      format: 'pem',
      ...(password === undefined ? {} : { passphrase: password }),
    });
  } catch {
    const isEncrypted = /ENCRYPTED/.test(pem);
    const why =
      isEncrypted && password === undefined
        ? 'its private key needs a password (client.certificate_password or ONEDRIVE_CLIENT_CERTIFICATE_PASSWORD)'
        : 'its private key is damaged, or the password is wrong';
    throw unusable(source, why);
  }
}

function checkTime(source: string, from: number, to: number, now: number): void {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  if (now > to)
    throw unusable(
      source,
      `it expired on ${day(to)}. Create a new one and upload it to the app registration`,
    );
  if (now < from)
    throw unusable(source, `it is not valid before ${day(from)}. Check the clock of this machine`);
}

async function signingKey(key: KeyObject, source: string): Promise<CryptoKey> {
  const der = new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }));
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const curves: Readonly<Record<string, string>> = {
    prime256v1: 'P-256',
    secp384r1: 'P-384',
    secp521r1: 'P-521',
  };
  if (key.asymmetricKeyType === 'rsa')
    return crypto.subtle.importKey('pkcs8', der, { name: 'RSA-PSS', hash: 'SHA-256' }, false, ['sign']);
  if (curve !== undefined && curves[curve] !== undefined)
    return crypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: curves[curve] }, false, [
      'sign',
    ]);
  throw unusable(source, 'its key is neither RSA nor on a NIST curve');
}
