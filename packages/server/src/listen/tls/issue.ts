/**
 * Creates X.509 certificates: of an authority, and of servers that it signs. Keys come from Node's own crypto (fifty times
 * faster than in JavaScript), certificates from node-forge, which is loaded on first use.
 */
import { generateKeyPair } from 'node:crypto';
import { isIP } from 'node:net';
import type { pki } from 'node-forge';

/** PEM texts. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Subject and validity of a certificate. */
export interface CertificatePlan {
  /** Hex; unique per issuer (RFC 5280 §4.1.2.2). */
  readonly serial: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
}

const authorityName = [
  { name: 'organizationName', value: 'onedrive-kit' },
  { name: 'commonName', value: 'onedrive-kit embedded OneDrive (for tests on this machine only)' },
];

/** A private key, RSA 2048, as PEM. */
export async function newKey(): Promise<string> {
  return new Promise((resolve, reject) =>
    generateKeyPair(
      'rsa',
      {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      },
      (error, _, key) => (error ? reject(error) : resolve(key)),
    ),
  );
}

/** A self-signed authority that may sign servers but no further authorities. */
export async function makeAuthority(plan: CertificatePlan): Promise<KeyAndCertificate> {
  const { pki: forge, md } = await load();
  const key = await newKey();
  const privateKey = forge.privateKeyFromPem(key);
  const publicKey = forge.setRsaPublicKey(privateKey.n, privateKey.e);
  const certificate = blank(forge, plan, publicKey);
  certificate.setSubject(authorityName);
  certificate.setIssuer(authorityName);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(privateKey, md.sha256.create());
  return { key, cert: forge.certificateToPem(certificate) };
}

/** A certificate for `hosts` (names or addresses) and the server's `key`, signed by `authority`. */
export async function makeServerCertificate(
  authority: KeyAndCertificate,
  key: string,
  hosts: readonly string[],
  plan: CertificatePlan,
): Promise<KeyAndCertificate> {
  const { pki: forge, md } = await load();
  const own = forge.privateKeyFromPem(key);
  const issuer = forge.certificateFromPem(authority.cert);
  const certificate = blank(forge, plan, forge.setRsaPublicKey(own.n, own.e));
  certificate.setSubject([{ name: 'commonName', value: (hosts[0] ?? 'localhost').slice(0, 64) }]);
  certificate.setIssuer(issuer.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: hosts.map(alternativeName) },
  ]);
  certificate.sign(forge.privateKeyFromPem(authority.key), md.sha256.create());
  return { key, cert: forge.certificateToPem(certificate) };
}

async function load() {
  return (await import('node-forge')).default;
}

function blank(forge: typeof pki, plan: CertificatePlan, publicKey: pki.PublicKey): pki.Certificate {
  const certificate = forge.createCertificate();
  certificate.publicKey = publicKey;
  certificate.serialNumber = plan.serial;
  certificate.validity.notBefore = new Date(plan.from);
  certificate.validity.notAfter = new Date(plan.until);
  return certificate;
}

/** 2 and 7 are the tags of a DNS name and of an IP address: RFC 5280 §4.2.1.6. */
function alternativeName(host: string): object {
  return isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host };
}
