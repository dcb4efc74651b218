/** Parses a PFX (PKCS#12, RFC 7292): Node can use one for TLS, but does not expose its contents. */
import type { pkcs12 } from 'node-forge';
import { OneDriveError } from '../errors/index.ts';
import { type PemPair, unusable } from './pem-pair.ts';

/**
 * Returns the certificate that belongs to the private key, and the key, as PEM.
 * @param binary the file, one character per byte.
 * @throws OneDriveError `config` if the password is wrong or a part is missing.
 */
export async function pemOfPfx(
  binary: string,
  source: string,
  password: string | undefined,
): Promise<PemPair> {
  const { default: forge } = await import('node-forge');
  try {
    const pfx = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(binary), password ?? '');
    const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids;
    const keys = [pkcs8ShroudedKeyBag, keyBag].flatMap((type) => bags(pfx, type));
    const key = keys.find((bag) => bag.key)?.key;
    const certificates = bags(pfx, certBag).flatMap(({ cert }) => (cert ? [cert] : []));
    if (!key) throw unusable(source, 'it contains no private key');
    const own = certificates.find((cert) => isPublicHalf(cert.publicKey, key)) ?? certificates[0];
    if (!own) throw unusable(source, 'it contains no certificate');
    return {
      cert: forge.pki.certificateToPem(own),
      key: forge.pki.privateKeyInfoToPem(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key))),
    };
  } catch (error) {
    if (error instanceof OneDriveError) throw error;
    throw unusable(source, 'it is neither PEM nor PFX, or the password is wrong');
  }
}

type Pfx = pkcs12.Pkcs12Pfx;
type Bag = pkcs12.Bag;

function bags(pfx: Pfx, type: string | undefined): readonly Bag[] {
  if (type === undefined) return [];
  return pfx.getBags({ bagType: type })[type] ?? [];
}

function isPublicHalf(publicKey: unknown, privateKey: unknown): boolean {
  const modulus = (key: unknown): string => String((key as { readonly n?: { toString(): string } }).n);
  return modulus(publicKey) === modulus(privateKey);
}
