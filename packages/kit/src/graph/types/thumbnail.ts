/** Thumbnails that the service renders. */

/** https://learn.microsoft.com/graph/api/resources/thumbnail */
export interface Thumbnail {
  /** Pixels. */
  readonly height?: number;
  /** Pixels. */
  readonly width?: number;
  readonly sourceItemId?: string;
  readonly url?: string;
}

/** One thumbnail in several sizes. https://learn.microsoft.com/graph/api/resources/thumbnailset */
export interface ThumbnailSet {
  readonly id?: string;
  readonly small?: Thumbnail;
  readonly medium?: Thumbnail;
  readonly large?: Thumbnail;
  readonly source?: Thumbnail;
}
