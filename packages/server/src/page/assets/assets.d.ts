/** Scripts and style sheets of the pages, by name. `npm run build` writes the module (scripts/build-page.mjs). */
export interface Asset {
  readonly type: string;
  /** A strong entity tag, with quotes. */
  readonly tag: string;
  readonly text: string;
}

export declare const assets: Readonly<Record<string, Asset>>;
