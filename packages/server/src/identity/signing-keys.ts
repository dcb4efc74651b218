/**
 * The RSA key that signs id tokens and the access tokens of business accounts. It is created when first needed (about 0.1 s)
 * and stored, so that a client's cached copy remains valid after a restart.
 */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { World } from '../core/world.ts';
import type { Storage } from '../storage/storage.ts';
import { signingKeys } from './records.ts';

const current = 'current';
const making = new WeakMap<Storage, Promise<JWK>>();

/** Signs claims with RS256. The caller sets `iat`, `nbf` and `exp` from the server's clock. */
export async function signJwt(world: World, claims: Readonly<Record<string, unknown>>): Promise<string> {
  const jwk = await privateKey(world);
  const key = await importJWK(jwk, 'RS256');
  return new SignJWT({ ...claims })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: jwk.kid ?? '' })
    .sign(key);
}

/** The public key, as returned at `jwks_uri`. */
export async function publicJwk(world: World): Promise<JWK> {
  const { kty, n, e, kid } = await privateKey(world);
  return { kty: kty ?? 'RSA', use: 'sig', alg: 'RS256', kid, n, e } as JWK;
}

async function privateKey(world: World): Promise<JWK> {
  const stored = world.storage.read((records) => signingKeys.get(records, current)) as JWK | undefined;
  if (stored) return stored;
  let made = making.get(world.storage);
  if (!made) {
    made = makeKey();
    making.set(world.storage, made);
  }
  const fresh = await made;
  making.delete(world.storage);
  return world.storage.write((records) => {
    const raced = signingKeys.get(records, current) as JWK | undefined;
    if (!raced) signingKeys.put(records, current, { ...fresh });
    return raced ?? fresh;
  });
}

async function makeKey(): Promise<JWK> {
  const { privateKey: key } = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 });
  const jwk = await exportJWK(key);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk) };
}
