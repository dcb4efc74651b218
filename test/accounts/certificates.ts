/** Client certificates for tests, in every form that a person may have one in. */
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
