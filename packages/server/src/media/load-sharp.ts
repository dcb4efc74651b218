/** Loads `sharp`, an optional dependency with native code, when the first image is rendered. */
import type sharp from 'sharp';

let loaded: Promise<typeof sharp | undefined> | undefined;

/** The `sharp` function; undefined if it is not installed. */
export function loadSharp(): Promise<typeof sharp | undefined> {
  loaded ??= import('sharp').then(
    (module) => module.default,
    () => undefined,
  );
  return loaded;
}
