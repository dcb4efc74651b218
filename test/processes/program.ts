/** Programs of a test that run as processes of their own: bundled first, because Node 20 runs no TypeScript. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { sourceConditions } from '../../scripts/source-conditions.mjs';

/** Bundles `programs/NAME.ts` into `folder`. @returns the path to hand to {@link start}. */
export async function bundleProgram(name: string, folder: string): Promise<string> {
  const file = join(folder, `${name}.mjs`);
  await build({
    input: fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url)),
    platform: 'node',
    resolve: { conditionNames: sourceConditions },
    logLevel: 'silent',
    output: { file, format: 'esm', codeSplitting: false },
  });
  return file;
}

export interface Started {
  readonly child: ChildProcess;
  /** All of stdout, when the process has ended, however it did. */
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  /** Resolves when stdout has this text in it. */
  said(text: string): Promise<void>;
}

/** Starts a bundled program. */
export function start(file: string, ...words: string[]): Started {
  const child = spawn(process.execPath, [file, ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
    for (const listener of listeners) listener();
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, ...output }));
  });
  return {
    child,
    ended,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.stdout.includes(text)) resolve();
        };
        listeners.add(look);
        look();
        void ended.then(() =>
          reject(new Error(`The program ended without saying ${text}: ${output.stderr}`)),
        );
      }),
  };
}
