import { describe, expect, it } from 'vitest';
import { itemAt, itemById, rootItem } from '../../graph/item-ref-forms.ts';
import { looksLikeId } from './looks-like-id.ts';
import { resolve } from './target.ts';

const business = '01YNDLPYMPMSZLODGFDZG3XGM4DXGV4N5O';

describe('a text with the format of an id is an id, any other text is a path', () => {
  it.each([
    [business, itemById(business)],
    ['D4648F06C91D9D3D!54927', itemById('D4648F06C91D9D3D!54927')],
    [
      'D4648F06C91D9D3D!sea8cc6beffdb43d7976fbc7da445c639',
      itemById('D4648F06C91D9D3D!sea8cc6beffdb43d7976fbc7da445c639'),
    ],
    ['file.0bee3874468ef5b6.BEE3874468EF5B6!759', itemById('BEE3874468EF5B6!759')],
    ['folder.0bee3874468ef5b6', rootItem],
    ['', rootItem],
    ['Pics/a.jpg', itemAt('Pics', 'a.jpg')],
    ['/Pics', itemAt('Pics')],
    ['wow!1', itemAt('wow!1')],
    ['01-intro.txt', itemAt('01-intro.txt')],
    ['file.txt', itemAt('file.txt')],
  ])('%j', (text, ref) => {
    expect(resolve(text)).toEqual(ref);
  });

  it('friendly paths of v5.0 mean the root and the special folders', () => {
    const special = (name: string, ...path: string[]) => ({ anchor: { kind: 'special', name }, path });
    for (const as of ['auto', 'path'] as const) {
      expect(resolve('me/skydrive', as)).toEqual(rootItem);
      expect(resolve('me/skydrive/my_documents', as)).toEqual(special('documents'));
      expect(resolve('me/skydrive/camera_roll/a/b.jpg', as)).toEqual(special('cameraroll', 'a', 'b.jpg'));
      expect(resolve('me/skydrive/Docs/a', as)).toEqual(itemAt('Docs', 'a'));
      expect(resolve('me/skydrive/toString', as)).toEqual(itemAt('toString'));
    }
    expect(resolve('/me/skydrive')).toEqual(itemAt('me', 'skydrive'));
    expect(resolve('me/skydrive/../../x')).toEqual(itemAt('x'));
    expect(resolve('me/skydriver')).toEqual(itemAt('me', 'skydriver'));
  });

  it('an option forces an id or a path', () => {
    expect(resolve(business, 'path')).toEqual(itemAt(business));
    expect(resolve('anything', 'id')).toEqual(itemById('anything'));
    expect(() => resolve('', 'id')).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('a slash makes it a path', () => {
    expect(looksLikeId(`/${business}`)).toBe(false);
    expect(resolve(`/${business}`)).toEqual(itemAt(business));
  });
});
