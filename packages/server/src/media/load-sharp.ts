/** `sharp`, an optional dependency with a native part: loaded when the first image is to be rendered, if it is there. */
import type sharp from 'sharp';

let loaded: Promise<typeof sharp | undefined> | undefined;

/** sharp; undefined where it is not installed. */
export function loadSharp(): Promise<typeof sharp | undefined> {
  loaded ??= import('sharp').then(
    (module) => module.default,
    () => undefined,
  );
  return loaded;
}
