/**
 * The certificate authority of this machine's embedded OneDrive. It is made on first use and kept, so that a program
 * has to be told to trust it once. Its key never leaves its record (mode 0600 in a folder), and it vouches for
 * nothing but what this server answers as.
 */
import { X509Certificate } from 'node:crypto';
import type { Clock, Random, Store } from 'onedrive-kit/platform';
import { type KeyAndCertificate, makeAuthority, makeServerCertificate, newKey } from './issue.ts';

/** The record with key and certificate, and the one with the certificate alone: the file that clients are told of. */
export const authorityRecords = { secret: 'ca-key.pem', certificate: 'ca.pem' } as const;

/** Vouches for servers. */
export interface Authority {
  /** PEM: what a client has to trust. */
  readonly certificate: string;
  /** Key and certificate of a server with these names or addresses; made once for each list of names. */
  certificateFor(hosts: readonly string[]): Promise<KeyAndCertificate>;
}

const day = 86_400_000;
const authorityDays = 3650;
/** Clients of Apple refuse more than 825 days: https://support.apple.com/en-us/103769 */
const serverDays = 397;
/** An authority that would not outlive the servers it signs is replaced. */
const renewBefore = serverDays * day;
/** A proxy may be asked for any name below sharepoint.com. */
const keptCertificates = 500;

export interface AuthorityWorld {
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
}

/**
 * The authority that `store` keeps; a new one where there is none, where it is about to expire, or where its record
 * cannot be read. Two processes that make one at the same time end with the same.
 */
export async function openAuthority(store: Store, world: AuthorityWorld): Promise<Authority> {
  const kept = await keep(store, world);
  if ((await store.read(authorityRecords.certificate))?.text !== kept.cert)
    await store.write(authorityRecords.certificate, kept.cert);
  const serverKey = newKey();
  const made = new Map<string, Promise<KeyAndCertificate>>();
  return {
    certificate: kept.cert,
    certificateFor(hosts) {
      const name = hosts.join(' ');
      const known = made.get(name);
      if (known !== undefined) return known;
      const certificate = serverKey.then((key) =>
        makeServerCertificate(kept, key, hosts, planOf(world, serverDays)),
      );
      if (made.size >= keptCertificates) made.clear();
      made.set(name, certificate);
      return certificate;
    },
  };
}

async function keep(store: Store, world: AuthorityWorld): Promise<KeyAndCertificate> {
  const known = await store.read(authorityRecords.secret);
  const usable = known && readRecord(known.text, world);
  if (usable) return usable;
  const made = await makeAuthority(planOf(world, authorityDays));
  try {
    await store.write(authorityRecords.secret, `${made.key.trimEnd()}\n${made.cert}`, {
      ifVersion: known?.version ?? null,
    });
    return made;
  } catch (error) {
    const winner = await store.read(authorityRecords.secret);
    const theirs = winner && winner.version !== known?.version ? readRecord(winner.text, world) : undefined;
    if (theirs) return theirs;
    throw error;
  }
}

/** What a record holds, if it is still good for a while. */
function readRecord(text: string, { clock }: AuthorityWorld): KeyAndCertificate | undefined {
  const [, key, cert] =
    /(-----BEGIN RSA PRIVATE KEY-----.+?-----END RSA PRIVATE KEY-----)\s+(-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\s*)$/s.exec(
      text,
    ) ?? [];
  if (key === undefined || cert === undefined) return undefined;
  try {
    const until = Date.parse(new X509Certificate(cert).validTo);
    return until - clock.now() > renewBefore ? { key, cert } : undefined;
  } catch {
    return undefined;
  }
}

function planOf({ clock, random }: AuthorityWorld, days: number) {
  // The first byte 01 keeps the number positive and 20 bytes at most: RFC 5280 §4.1.2.2.
  const serial = `01${Buffer.from(random.bytes(15)).toString('hex')}`;
  const from = clock.now() - day;
  return { serial, from, until: from + days * day };
}
