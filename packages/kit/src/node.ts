/**
 * OneDrive from Node: everything of `onedrive-kit`, with `connect` on Node's own HTTP (keep-alive, twice the
 * speed of fetch), local files as sources and sinks, locks and records in files, and a port for the embedded
 * OneDrive.
 *
 * ```ts
 * import { connect, fromFile, toFile } from 'onedrive-kit/node';
 *
 * const { drive } = connect({ credential });
 * await drive.upload(await fromFile('big.iso'), 'Backups');
 * await drive.download('Backups/big.iso', toFile('copy.iso'));
 * ```
 * @module
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, type ConnectOptions, type ConnectTransport, connectOver } from './connect.ts';
import { type FileSink, type FileSource, pathSink, pathSource, type TransferJournal } from './drive/index.ts';
import { defaultUserAgent } from './http/default-user-agent.ts';
import { fastLane } from './http/fast-lane/fast-lane.ts';
import { systemRandom } from './platform/index.ts';
import { fileLock, fileStore, nodeFileSystem } from './platform/node/index.ts';

export { type FastLaneOptions, fastLane } from './http/fast-lane/fast-lane.ts';
export { type NodeTransport, nodeTransport } from './http/node/node-transport.ts';
export type { NodeTransportOptions } from './http/node/options.ts';
export * from './index.ts';
export * from './platform/node/index.ts';

/**
 * Connects to Microsoft Graph over Node's HTTP. Streams of unknown size are buffered in the system's folder
 * for temporary files. Sends no request before the first call.
 */
export function connect(options: ConnectOptions & Partial<ConnectTransport>): Connection {
  const spool = options.spool ?? { fileSystem: nodeFileSystem, folder: tmpdir() };
  return connectOver({
    userAgent: defaultUserAgent,
    ...options,
    spool,
    transport: options.transport ?? fastLane(),
  });
}

/**
 * A local file as the source of an upload, which closes it.
 * @throws OneDriveError `local-file` if it is missing, a folder, or cannot be read.
 */
export function fromFile(path: string): Promise<FileSource> {
  return pathSource(nodeFileSystem, path);
}

/** A local file as the target of a download: it appears under its name when complete, or not at all. */
export function toFile(path: string): FileSink {
  return pathSink(nodeFileSystem, path, { random: systemRandom });
}

/**
 * A journal of transfers in a folder of this machine, for `connect`: a transfer that was interrupted, even by
 * a crash, is resumed when the same upload or download is started again.
 * @param folder absolute; created (mode 0700) at the first write. It contains the upload URLs of sessions,
 * which are secrets.
 * @param scope identifies account and drive: use the same text in every process that works on them.
 */
export function fileJournal(folder: string, scope: string): TransferJournal {
  const lock = fileLock(join(folder, 'locks'));
  return { store: fileStore(nodeFileSystem, folder, { lock }), lock, fileSystem: nodeFileSystem, scope };
}
