/**
 * A named pipe, opened for reading without blocking: open(2) of a pipe without a writer waits in a thread of
 * the pool that nothing can interrupt, not even the end of the process.
 */
import fs from 'node:fs';
import { Socket } from 'node:net';
import type { FileHandle } from '../file-system.ts';

/** Opens a pipe. Its bytes are read in order; positions are ignored. */
export async function openPipe(path: string | Buffer): Promise<FileHandle> {
  const fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  let socket: Socket | undefined;
  let chunks: AsyncIterator<Buffer> | undefined;
  let rest: Uint8Array = new Uint8Array(0);
  const refuse = async (): Promise<never> => {
    throw Object.assign(new Error('EBADF: the pipe is open for reading only'), { code: 'EBADF' });
  };
  return {
    async read(buffer, offset, length) {
      // Created at the first read: a caller that only checks the kind of the file consumes no bytes.
      socket ??= new Socket({ fd, readable: true, writable: false });
      chunks ??= socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
      while (rest.byteLength === 0) {
        const next = await chunks.next();
        if (next.done === true) return { bytesRead: 0 };
        rest = next.value;
      }
      const part = rest.subarray(0, length);
      buffer.set(part, offset);
      rest = rest.subarray(part.byteLength);
      return { bytesRead: part.byteLength };
    },
    stat: async () => fs.fstatSync(fd),
    write: refuse,
    truncate: refuse,
    sync: refuse,
    utimes: refuse,
    close: async () => {
      if (socket === undefined) fs.closeSync(fd);
      else socket.destroy();
    },
  };
}
