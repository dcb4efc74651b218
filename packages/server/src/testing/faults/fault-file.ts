/** Reads a fault plan from a file (YAML, or JSON, which is YAML too). */
import type { FileSystem } from 'onedrive-kit/platform';
import { nodeFileSystem } from 'onedrive-kit/platform/node';
import type { FaultPlan } from './fault.ts';

/** Reads `path`. @throws Error with each fault and its place; the error of the file system if it cannot be read. */
export async function faultFile(path: string, fs: FileSystem = nodeFileSystem): Promise<FaultPlan> {
  const { parse } = await import('yaml');
  const { readFaultPlan } = await import('./read-fault-plan.ts');
  return readFaultPlan(parse(await fs.readFile(path, 'utf8')));
}
