/**
 * Our wire types against Microsoft's own: checked by the compiler (`npm run lint` runs tsc over this file). Every
 * key that we declare must exist in @microsoft/microsoft-graph-types, and what we declare for it must be usable
 * where Microsoft's type is asked for. Annotations (`@microsoft.graph.…`, `@odata.…`) are not in its types.
 */
import type * as Microsoft from '@microsoft/microsoft-graph-types';
import { expect, it } from 'vitest';
import type * as Ours from '../../packages/kit/src/graph/types/index.ts';

/** Our type without `readonly` and without annotations, all the way down: what Microsoft's could be compared with. */
type Plain<T> = T extends readonly (infer E)[]
  ? Plain<E>[]
  : T extends object
    ? { -readonly [K in keyof T as K extends `@${string}` ? never : K]: Plain<T[K]> }
    : T;

/** Keys of ours that Microsoft does not know, at any depth: `never` when there are none. */
type Unknown<O, M> = O extends readonly (infer OE)[]
  ? M extends readonly (infer ME)[]
    ? Unknown<OE, ME>
    : 'not a list'
  : O extends object
    ? {
        [K in keyof O]-?: K extends keyof M ? UnknownBelow<K, NonNullable<O[K]>, NonNullable<M[K]>> : K;
      }[keyof O]
    : never;
type UnknownBelow<K, O, M> = K extends 'children' ? never : Unknown<O, M>;

type Agrees<O, M> = [Unknown<Plain<O>, M>] extends [never]
  ? Plain<O> extends M
    ? true
    : 'a key has another type'
  : Unknown<Plain<O>, M>;

/** Compiles only where every element is `true`. */
type AllAgree<T extends readonly true[]> = T['length'];

type Checked = AllAgree<
  [
    Agrees<Ours.DriveItem, Microsoft.DriveItem>,
    Agrees<Ours.Drive, Microsoft.Drive>,
    Agrees<Ours.Quota, Microsoft.Quota>,
    Agrees<Ours.User, Microsoft.User>,
    Agrees<Ours.UploadSession, Microsoft.UploadSession>,
    Agrees<Ours.Permission, Microsoft.Permission>,
    Agrees<Ours.SharingLink, Microsoft.SharingLink>,
    Agrees<Ours.RemoteItem, Microsoft.RemoteItem>,
    Agrees<Ours.ThumbnailSet, Microsoft.ThumbnailSet>,
    Agrees<Ours.ItemReference, Microsoft.ItemReference>,
    Agrees<Ours.ItemChange, Microsoft.DriveItem>,
    Agrees<Ours.CreateFolderRequest, Microsoft.DriveItem>,
    Agrees<Ours.UploadSessionRequest['item'], Microsoft.DriveItemUploadableProperties>,
  ]
>;

// @ts-expect-error `colour` is in no Microsoft type
type UnknownKey = AllAgree<[Agrees<Ours.Quota & { colour?: string }, Microsoft.Quota>]>;
// @ts-expect-error `total` is a number
type OtherType = AllAgree<[Agrees<{ total?: string }, Microsoft.Quota>]>;

it('every wire type agrees with the one Microsoft publishes', () => {
  const checked: [Checked, UnknownKey, OtherType] = [13, 1, 1];
  expect(checked[0]).toBe(13);
});
