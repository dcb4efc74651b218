import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock, memoryStore, seededRandom } from 'onedrive-kit/platform';
import { fileStore, nodeFileSystem } from 'onedrive-kit/platform/node';
import { describe, expect, it } from 'vitest';
import { openAuthority } from './authority.ts';

const world = { clock: manualClock(Date.parse('2026-01-02T00:00:00Z')), random: seededRandom(1) };

describe('the authority', () => {
  it('is created once and stored; only the user can read its key', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'authority-'));
    const first = await openAuthority(fileStore(nodeFileSystem, folder), world);
    const second = await openAuthority(fileStore(nodeFileSystem, folder), world);
    expect(second.certificate).toBe(first.certificate);
    expect(new X509Certificate(first.certificate).ca).toBe(true);
    expect((await stat(join(folder, 'ca-key.pem'))).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });

  it('is the same for two processes that start at the same time', async () => {
    const store = memoryStore();
    const both = await Promise.all([openAuthority(store, world), openAuthority(store, world)]);
    expect(both[0].certificate).toBe(both[1].certificate);
    expect((await store.read('ca.pem'))?.text).toBe(both[0].certificate);
  });

  it('signs the requested names and addresses, and no others', async () => {
    const authority = await openAuthority(memoryStore(), world);
    const { cert, key } = await authority.certificateFor(['localhost', '127.0.0.1', '::1']);
    const certificate = new X509Certificate(cert);
    const issuer = new X509Certificate(authority.certificate);
    expect(certificate.verify(issuer.publicKey)).toBe(true);
    expect(certificate.checkIssued(issuer)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect([
      certificate.checkHost('localhost'),
      certificate.checkIP('127.0.0.1'),
      certificate.checkIP('::1'),
      certificate.checkHost('example.com'),
    ]).toEqual(['localhost', '127.0.0.1', '::1', undefined]);
    expect(key).toContain('PRIVATE KEY');
    expect(await authority.certificateFor(['localhost', '127.0.0.1', '::1'])).toMatchObject({ cert });
  });

  it('is replaced if it would expire before the certificates that it signs', async () => {
    const store = memoryStore();
    const old = await openAuthority(store, world);
    const later = { ...world, clock: manualClock(Date.parse('2035-06-01T00:00:00Z')) };
    expect((await openAuthority(store, later)).certificate).not.toBe(old.certificate);
  });

  it('is replaced when its record cannot be read', async () => {
    const store = memoryStore();
    await store.write('ca-key.pem', 'half a fi');
    const authority = await openAuthority(store, world);
    expect((await openAuthority(store, world)).certificate).toBe(authority.certificate);
  });
});
