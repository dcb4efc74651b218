/** Starts bare-process.mjs: the server that moves the same bytes and knows nothing. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A running one. */
export interface Bare {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts one that answers `texts` by name and keeps its files in `work`. */
export async function startBare(
  root: string,
  work: string,
  texts: Readonly<Record<string, string>>,
): Promise<Bare> {
  const files = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      writeFileSync(join(work, name), text);
      return [name, join(work, name)];
    }),
  );
  const program = join(root, 'bench/bare-process.mjs');
  const child = spawn(process.execPath, [program, JSON.stringify({ folder: work, texts: files })], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  return {
    url: String(value),
    close() {
      child.stdin.end();
      return closed;
    },
  };
}
