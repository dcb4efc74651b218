/** Certificates for tests: of clients, in every form that a person may have one in, and of servers. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

export interface TestCertificate {
  readonly cert: string;
  /** PKCS#8 PEM. */
  readonly key: string;
  /** Certificate and key in one text. */
  readonly pem: string;
  encrypted(password: string): string;
  pfx(password: string): Uint8Array;
}

/** A certificate that signs itself. */
export function testCertificate(
  days: { readonly from: number; readonly to: number } = { from: -1, to: 30 },
): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const forgeKey = forge.pki.privateKeyFromPem(key);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  );
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date(Date.now() + days.from * 86_400_000);
  certificate.validity.notAfter = new Date(Date.now() + days.to * 86_400_000);
  certificate.setSubject([{ name: 'commonName', value: 'daemon' }]);
  certificate.setIssuer([{ name: 'commonName', value: 'daemon' }]);
  certificate.sign(forgeKey, forge.md.sha256.create());
  const cert = forge.pki.certificateToPem(certificate).replaceAll('\r', '');
  return {
    cert,
    key,
    pem: cert + key,
    encrypted: (password) =>
      cert +
      createPrivateKey(key)
        .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: password })
        .toString(),
    pfx: (password) =>
      Buffer.from(
        forge.asn1
          .toDer(forge.pkcs12.toPkcs12Asn1(forgeKey, [certificate], password, { algorithm: '3des' }))
          .getBytes(),
        'latin1',
      ),
  };
}

/** The certificate of a server with these names; it signs itself, and is an authority that a client can be told to trust. */
export function serverCertificate(
  names: readonly [string, ...string[]],
  days: { readonly from: number; readonly to: number } = { from: -1, to: 30 },
): { readonly cert: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  );
  certificate.serialNumber = '02';
  certificate.validity.notBefore = new Date(Date.now() + days.from * 86_400_000);
  certificate.validity.notAfter = new Date(Date.now() + days.to * 86_400_000);
  certificate.setSubject([{ name: 'commonName', value: names[0] }]);
  certificate.setIssuer([{ name: 'commonName', value: names[0] }]);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create());
  return { cert: forge.pki.certificateToPem(certificate), key };
}
