/**
 * The certificate authority of this machine's embedded OneDrive. It is created on first use and stored, so that programs
 * need to trust it only once. Its key is only in its record (mode 0600 in a folder), and it signs only names that this
 * server serves.
 */
import { X509Certificate } from 'node:crypto';
import type { Clock, Random, Store } from 'onedrive-kit/platform';
import { type KeyAndCertificate, makeAuthority, makeServerCertificate, newKey } from './issue.ts';

/** The record with key and certificate, and the record with the certificate only: the file that clients should trust. */
export const authorityRecords = { secret: 'ca-key.pem', certificate: 'ca.pem' } as const;

/** Signs certificates of servers. */
export interface Authority {
  /** PEM: the certificate that clients must trust. */
  readonly certificate: string;
  /** Key and certificate for a server with these names or addresses; created once for each list of names. */
  certificateFor(hosts: readonly string[]): Promise<KeyAndCertificate>;
}

const day = 86_400_000;
const authorityDays = 3650;
/** Apple's clients refuse more than 825 days: https://support.apple.com/en-us/103769 */
const serverDays = 397;
/** An authority that would expire before the certificates it signs is replaced. */
const renewBefore = serverDays * day;
/** Limited, because a proxy may be asked for any name below sharepoint.com. */
const keptCertificates = 500;

export interface AuthorityWorld {
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
}

/**
 * The authority in `store`; a new one if it is missing, expires soon, or its record cannot be read. Two processes that
 * create one at the same time get the same one.
 */
export async function openAuthority(store: Store, world: AuthorityWorld): Promise<Authority> {
  const authority = await loadOrCreate(store, world);
  if ((await store.read(authorityRecords.certificate))?.text !== authority.cert)
    await store.write(authorityRecords.certificate, authority.cert);
  const serverKey = newKey();
  const certificates = new Map<string, Promise<KeyAndCertificate>>();
  return {
    certificate: authority.cert,
    certificateFor(hosts) {
      const name = hosts.join(' ');
      const cached = certificates.get(name);
      if (cached !== undefined) return cached;
      const certificate = serverKey.then((key) =>
        makeServerCertificate(authority, key, hosts, planOf(world, serverDays)),
      );
      if (certificates.size >= keptCertificates) certificates.clear();
      certificates.set(name, certificate);
      return certificate;
    },
  };
}

async function loadOrCreate(store: Store, world: AuthorityWorld): Promise<KeyAndCertificate> {
  const record = await store.read(authorityRecords.secret);
  const usable = record && readRecord(record.text, world);
  if (usable) return usable;
  const made = await makeAuthority(planOf(world, authorityDays));
  try {
    await store.write(authorityRecords.secret, `${made.key.trimEnd()}\n${made.cert}`, {
      ifVersion: record?.version ?? null,
    });
    return made;
  } catch (error) {
    const winner = await store.read(authorityRecords.secret);
    const theirs = winner && winner.version !== record?.version ? readRecord(winner.text, world) : undefined;
    if (theirs) return theirs;
    throw error;
  }
}

/** Parses a record; undefined if the certificate expires soon. */
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
  // The first byte 01 keeps the number positive and at most 20 bytes long: RFC 5280 §4.1.2.2.
  const serial = `01${Buffer.from(random.bytes(15)).toString('hex')}`;
  const from = clock.now() - day;
  return { serial, from, until: from + days * day };
}
