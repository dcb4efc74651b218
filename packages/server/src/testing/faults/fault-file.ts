/** The fault plan that a file holds (YAML, or JSON, which is YAML too). */
import type { FileSystem } from 'onedrive-kit/platform';
import { nodeFileSystem } from 'onedrive-kit/platform/node';
import type { FaultPlan } from './fault.ts';

/** Reads `path`. @throws Error that says what is wrong and where; the error of the file system when it cannot be read. */
export async function faultFile(path: string, fs: FileSystem = nodeFileSystem): Promise<FaultPlan> {
  const { parse } = await import('yaml');
  const { readFaultPlan } = await import('./read-fault-plan.ts');
  return readFaultPlan(parse(await fs.readFile(path, 'utf8')));
}
