/**
 * The objects of the v5.0 API as JSON. Keys: Live SDK, "REST reference" (MSDN hh243648), and the responses
 * recorded in the unit tests of Microsoft's own SDKs (github.com/liveservices). Times are
 * `2012-02-29T06:28:23+0000`. Properties that the service always sent are required; properties that a client
 * must not rely on are optional.
 */

/** Who created something. */
export interface LiveIdentity {
  readonly name: string | null;
  readonly id: string | null;
}

/** Who can access an object, as a localized text. */
export interface LiveSharedWith {
  /** `Just me`, `People I selected`, `Everyone (public)`, `People with a link` … */
  readonly access: string;
}

/** The properties of all objects of a drive. */
export interface LiveObjectBase {
  readonly id: string;
  readonly from: LiveIdentity;
  readonly name: string;
  readonly description: string | null;
  readonly parent_id: string | null;
  readonly upload_location: string;
  readonly link: string;
  readonly is_embeddable: boolean;
  readonly shared_with: LiveSharedWith;
  readonly created_time: string;
  readonly updated_time: string;
  readonly client_updated_time: string;
}

/** The sort keys of a listing. */
export type LiveSortBy = 'updated' | 'name' | 'size' | 'default';

export interface LiveFolder extends LiveObjectBase {
  readonly type: 'folder';
  readonly count: number;
  readonly sort_by?: LiveSortBy;
}

/** A folder of photos. Its id starts with `folder.` too. */
export interface LiveAlbum extends LiveObjectBase {
  readonly type: 'album';
  readonly count: number;
}

interface LiveContent extends LiveObjectBase {
  /** Bytes. */
  readonly size: number;
  readonly comments_count: number;
  readonly comments_enabled: boolean;
  /** A pre-authenticated URL of the bytes: short-lived, and a secret. */
  readonly source: string;
}

/** A file of no special type. */
export interface LiveFile extends LiveContent {
  readonly type: 'file';
}

/** A OneNote notebook: listed, but without downloadable content. */
export interface LiveNotebook extends Omit<LiveObjectBase, 'upload_location'> {
  readonly type: 'notebook';
  readonly size?: number;
}

/** One rendition of an image: `normal` up to 800, `album` 176, `thumbnail` (or `small`) 96, `full` 2048 pixels. */
export interface LiveImage {
  readonly height: number;
  readonly width: number;
  readonly source: string;
  readonly type: 'normal' | 'album' | 'small' | 'thumbnail' | 'full';
}

/** Where a photo was taken. */
export interface LiveLocation {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude: number;
}

interface LiveTaggable extends LiveContent {
  readonly tags_count: number;
  readonly tags_enabled: boolean;
  /** A URL; null if there is none. */
  readonly picture: string | null;
  readonly height: number;
  readonly width: number;
}

/** A photo. */
export interface LivePhoto extends LiveTaggable {
  readonly type: 'photo';
  readonly images: readonly LiveImage[];
  readonly when_taken: string | null;
  readonly location: LiveLocation | null;
  readonly camera_make: string | null;
  readonly camera_model: string | null;
  /** The f-number. */
  readonly focal_ratio: number;
  /** Millimetres. */
  readonly focal_length: number;
  readonly exposure_numerator: number;
  readonly exposure_denominator: number;
}

/** A video. */
export interface LiveVideo extends LiveTaggable {
  readonly type: 'video';
  /** Milliseconds. */
  readonly duration: number;
  /** Bits per second. */
  readonly bitrate: number;
}

/** An audio file. */
export interface LiveAudio extends LiveContent {
  readonly type: 'audio';
  readonly title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  readonly album_artist: string | null;
  readonly genre: string | null;
  /** Milliseconds. */
  readonly duration: number;
  readonly picture: string | null;
}

/** Any object in a folder. */
export type LiveObject = LiveFolder | LiveAlbum | LiveFile | LivePhoto | LiveVideo | LiveAudio | LiveNotebook;

/** The response to an upload. */
export interface LiveUploaded {
  readonly id: string;
  readonly name: string;
  readonly source: string;
}

/** A comment on an object. */
export interface LiveComment {
  readonly id: string;
  readonly from: LiveIdentity;
  readonly message: string;
  readonly created_time: string;
}

/** A person who is tagged in a photo or video. */
export interface LiveTag {
  readonly id: string;
  readonly user: LiveIdentity;
  /** The center, in percent of the width of the photo, 0 to 100. */
  readonly x?: number;
  /** In percent of the height. */
  readonly y?: number;
  readonly created_time: string;
}

/** A tag to create: the person by name, by user id, or both; and the position in the photo. */
export interface LiveNewTag {
  readonly user: { readonly name?: string; readonly id?: string };
  /** Percent, 0 to 100. */
  readonly x?: number;
  readonly y?: number;
}

/** A postal address of a user. */
export interface LiveAddress {
  readonly street: string | null;
  readonly street_2: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly postal_code: string | null;
  readonly region: string | null;
}

/** A user. */
export interface LiveUser {
  /** 16 hex digits, lower case. */
  readonly id: string;
  readonly name: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly link: string;
  readonly gender: string | null;
  readonly birth_day?: number | null;
  readonly birth_month?: number | null;
  readonly birth_year?: number | null;
  readonly work?: readonly {
    readonly employer: { readonly name: string };
    readonly position: { readonly name: string };
  }[];
  readonly emails?: {
    readonly preferred: string | null;
    readonly account: string | null;
    readonly personal: string | null;
    readonly business: string | null;
    readonly other?: string | null;
  };
  readonly addresses?: { readonly personal: LiveAddress; readonly business: LiveAddress };
  readonly phones?: {
    readonly personal: string | null;
    readonly business: string | null;
    readonly mobile: string | null;
  };
  /** `en_US` */
  readonly locale: string;
  readonly updated_time: string | null;
}

/** Bytes. */
export interface LiveQuota {
  readonly quota: number;
  readonly available: number;
}

/** A list; a page has a link to the next one. */
export interface LiveCollection<T> {
  readonly data: readonly T[];
  readonly paging?: { readonly next?: string; readonly previous?: string };
}

/** Kinds of links. */
export type LiveLinkType = 'shared_read_link' | 'shared_edit_link' | 'embed';

/** The response to a link request: one of the two keys. */
export interface LiveLink {
  readonly link?: string;
  readonly embed_html?: string;
}

/** What an upload does if the name is taken. The default of the service is to replace the file. */
export type LiveOverwrite = 'true' | 'false' | 'ChooseNewName';

/** The properties of an object that can be set. */
export interface LiveChange {
  readonly name?: string;
  readonly description?: string;
  readonly sort_by?: LiveSortBy;
  readonly [key: string]: unknown;
}

/** The body of every error. */
export interface LiveErrorBody {
  readonly error: { readonly code: string; readonly message: string };
}
