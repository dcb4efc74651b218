/** What others do during a transfer: another client uses the same name, or a program writes to the source. */
import type { DriveProvider, ProviderSession } from '../../packages/kit/src/drive/index.ts';
import { below, rootItem } from '../../packages/kit/src/graph/item-ref-forms.ts';
import { streamBody } from '../../packages/kit/src/http/bodies.ts';
import type { MemoryFileSystem } from '../../packages/kit/src/platform/memory/memory-file-system.ts';
import { write } from './local-file.ts';
import type { Meanwhile } from './schedule.ts';

/** Where it happens. */
export interface Scene {
  readonly provider: DriveProvider;
  readonly fileSystem: MemoryFileSystem;
  /** What the source has been: the last one is what it is. */
  readonly states: Uint8Array[];
  /** What the other client puts. */
  readonly rival: Uint8Array;
}

/**
 * Does it, under the same faults as everything else.
 * @returns what was done, for a summary: the other client may be refused, or not told that it was not.
 */
export async function happen(what: Meanwhile, scene: Scene): Promise<string> {
  if (what.does === 'change-source') {
    const changed = scene.states[0]?.slice(0, what.size) ?? new Uint8Array(0);
    const next = new Uint8Array(what.size).fill(0x55);
    next.set(changed.map((byte) => byte ^ 0xff));
    scene.states.push(next);
    await write(scene.fileSystem, next);
    return `meanwhile: ${what.does}`;
  }
  const done = what.does === 'take-name' ? take(what, scene) : openAnother(what, scene);
  return await done.then(
    () => `meanwhile: ${what.does}`,
    () => `meanwhile: ${what.does} (failed)`,
  );
}

function targetOf({ conflict }: Meanwhile, bytes: Uint8Array) {
  const at = below(rootItem, 'file.bin');
  return { at, size: bytes.byteLength, times: undefined, conflict, ifMatch: undefined, signal: undefined };
}

function bodyOf(bytes: Uint8Array) {
  async function* all() {
    yield bytes;
  }
  return streamBody(all, bytes.byteLength, true);
}

async function take(what: Meanwhile, { provider, rival }: Scene): Promise<void> {
  await provider.put(targetOf(what, rival), bodyOf(rival));
}

/** A second session of the same name, which gets a fragment and is left open. */
async function openAnother(what: Meanwhile, { provider, rival }: Scene): Promise<void> {
  const session: ProviderSession = await provider.openSession(targetOf(what, rival));
  const part = rival.subarray(0, 100);
  const range = { start: 0, end: part.byteLength, total: rival.byteLength };
  await provider.sendFragment(session, range, bodyOf(part), {});
}
