/** Starts the embedded OneDrive in a process of its own, and what rclone needs to reach it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The parameters of server-process.mjs. */
export interface ServerOptions {
  readonly kind?: 'personal' | 'business';
  /** A folder; without it everything is in memory. */
  readonly data?: string;
  /** Speak TLS at its own port. */
  readonly tls?: boolean;
  /** Milliseconds before each answer. */
  readonly latency?: number;
  /** So many folders of so many files of so many bytes. */
  readonly seed?: { readonly folders: number; readonly files: number; readonly bytes: number };
}

/** A running server. */
export interface EmbeddedServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly token: string;
  /** PEM file: the certificate to trust. */
  readonly ca: string;
  /** The environment in which rclone reaches the drive as `od:`, over TLS, by proxy. */
  readonly rclone: Readonly<Record<string, string>>;
  /** How many requests it has had. */
  requests(): Promise<number>;
  close(): Promise<void>;
}

interface Ready {
  readonly url: string;
  /** PEM. */
  readonly ca: string;
  readonly token: string;
  readonly driveId: string;
  readonly driveType: string;
}

/** Starts one and waits until it is seeded. */
export async function startServer(root: string, options: ServerOptions = {}): Promise<EmbeddedServer> {
  const program = join(root, 'bench/server-process.mjs');
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value, done } = await lines.next();
  if (done) throw new Error('The server process ended before it was ready.');
  const ready = JSON.parse(value) as Ready;
  const home = mkdtempSync(join(tmpdir(), 'onedrive-kit-bench-'));
  writeFileSync(join(home, 'ca.pem'), ready.ca);
  return {
    url: ready.url,
    token: ready.token,
    ca: join(home, 'ca.pem'),
    rclone: rcloneEnvironment(ready, home),
    requests: async () => {
      const answer = await fetch(`${ready.url}/_control/counters`);
      return ((await answer.json()) as { requests: number }).requests;
    },
    close: async () => {
      child.stdin.end();
      await closed;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function rcloneEnvironment(ready: Ready, home: string): Record<string, string> {
  const token = { access_token: ready.token, token_type: 'Bearer', expiry: '2099-01-01T00:00:00Z' };
  return {
    HOME: home,
    RCLONE_CONFIG: join(home, 'rclone.conf'),
    HTTPS_PROXY: ready.url,
    SSL_CERT_FILE: join(home, 'ca.pem'),
    RCLONE_CONFIG_OD_TYPE: 'onedrive',
    RCLONE_CONFIG_OD_DRIVE_ID: ready.driveId,
    RCLONE_CONFIG_OD_DRIVE_TYPE: ready.driveType,
    RCLONE_CONFIG_OD_TOKEN: JSON.stringify(token),
  };
}
