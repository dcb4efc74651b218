/**
 * The API with one method per call and no added behavior: each method is one function of `onedrive-kit/live`.
 */
import { liveAddresses } from '../auth/index.ts';
import { driveOn } from '../drive/index.ts';
import { liveProvider } from '../drive/provider/live-provider.ts';
import { OneDriveError } from '../errors/index.ts';
import { itemAt, itemById } from '../graph/item-ref-forms.ts';
import { bytesBody } from '../http/bodies.ts';
import { discard, readBytes } from '../http/read.ts';
import type { HttpRequest, HttpResponse } from '../http/transport.ts';
import { contracts } from '../live/contract.ts';
import * as live from '../live/index.ts';
import { sendForObject } from '../live/send.ts';
import { systemClock } from '../platform/web/system-clock.ts';
import { systemRandom } from '../platform/web/system-random.ts';
import { OneDriveAuth, type OneDriveConfig } from './auth.ts';
import { AuthMissingError, NoAPISupportError, olderErrors } from './errors.ts';
import { openSource, type UploadSource } from './upload-source.ts';

/** Options for an upload. */
export interface PutOptions {
  /** False keeps both files under one name; `ChooseNewName` lets the service choose. Default: overwrite. */
  readonly overwrite?: boolean | 'ChooseNewName';
  /** Whether the service may scale a photo down. Default: true. */
  readonly downsize?: boolean;
  /** Size in bytes from which BITS is used; false never uses it. Default: 95,000,000. */
  readonly bitsApiFallback?: boolean | number;
}

/** Options for a BITS upload. */
export interface PutBitsOptions {
  readonly fragBytes?: number;
  /** The path of a folder from the root, with slashes, instead of its id. */
  readonly folderPath?: string;
  /** Return the short id, `CID!123`, as the upload service returned it. */
  readonly rawId?: boolean;
  /** Called as bytes are sent. The session is not passed: its id is a secret, and resuming is done here. */
  readonly chunkCallback?: (progress: {
    readonly bytesTransferred: number;
    readonly bytesTotal: number;
    readonly chunksTransferred: number;
    readonly chunksTotal: number;
  }) => void;
}

/** The wrapper without added behavior: each call returns the response of the service. */
export class OneDriveAPIWrapper extends OneDriveAuth {
  apiUrlBase: string;
  /** `{user}` stands for the user id. */
  apiStorageUrl: string;
  /** Size in bytes from which {@link put} uses BITS. */
  apiPutMaxBytes = 95_000_000;
  apiBitsDefaultFragBytes = live.defaultFragmentSize;
  /** Renew the token just before a BITS upload is committed. */
  apiBitsAuthRefreshBeforeCommitHack = false;
  #userId: string | undefined;

  constructor(config: OneDriveConfig = {}) {
    super(config);
    const { baseUrl, storageUrl } = liveAddresses(config.server);
    this.apiUrlBase = baseUrl;
    this.apiStorageUrl = storageUrl;
  }

  /** The client for `onedrive-kit/live`; its requests are sent with `request` and contain the token. */
  get client(): live.LiveClient {
    return {
      transport: (request) => this.#signed(request),
      plain: (request) => this.request(request),
      baseUrl: this.apiUrlBase.replace(/\/$/, ''),
      storageUrl: this.apiStorageUrl,
    };
  }

  async #signed(request: HttpRequest): Promise<HttpResponse> {
    if (!this.authAccessToken) await this.authGetToken();
    const answer = await this.request(this.#withToken(request));
    if (
      answer.status !== 401 ||
      !(this.authRefreshToken ?? this.authCode) ||
      request.body?.replayable === false
    )
      return answer;
    await discard(answer);
    await this.authGetToken();
    return this.request(this.#withToken(request));
  }

  #withToken(request: HttpRequest): HttpRequest {
    if (!this.authAccessToken) throw new AuthMissingError('There is no access token.');
    return { ...request, headers: { ...request.headers, authorization: `Bearer ${this.authAccessToken}` } };
  }

  /** Sends any call, as the older class did when called as a function. The response must be a JSON object. */
  call(
    url = 'me/skydrive',
    options: {
      readonly method?: string;
      readonly query?: Readonly<Record<string, string | number>>;
      readonly data?: unknown;
    } = {},
  ): Promise<object> {
    const { method = 'GET', query, data } = options;
    const request = { method: method.toUpperCase(), url, query, json: data };
    const call = { ...request, what: `call ${url}`, contract: contracts.call, options: {} };
    return olderErrors(() => sendForObject<object>(this.client, call));
  }

  /** `{quota, available}`, in bytes. */
  getQuota(): Promise<live.LiveQuota> {
    return olderErrors(() => live.getQuota(this.client));
  }

  /** The signed-in user. */
  getUserData(): Promise<live.LiveUser> {
    return olderErrors(() => live.getUser(this.client));
  }

  /** The id of the user, requested once. */
  async getUserId(): Promise<string> {
    this.#userId ??= (await this.getUserData()).id;
    return this.#userId;
  }

  /** Lists a folder. */
  listdir(
    folderId = 'me/skydrive',
    range: { readonly limit?: number | undefined; readonly offset?: number | undefined } = {},
  ): Promise<live.LiveCollection<live.LiveObject>> {
    return olderErrors(() => live.listFilesPage(this.client, folderId, range));
  }

  /** Returns an object. */
  info(objectId = 'me/skydrive'): Promise<live.LiveObject> {
    return olderErrors(() => live.getObject(this.client, objectId));
  }

  /**
   * Returns the bytes of a file, or of a part: `0-499`, `-500`. Held in memory; for large files see
   * `onedrive-kit`'s `download`.
   */
  get(objectId: string, byteRange?: string): Promise<Uint8Array> {
    return olderErrors(async () => {
      const place = await live.getContent(this.client, objectId, { byteRange });
      const limit = { limit: Number.MAX_SAFE_INTEGER };
      if (place.kind === 'bytes') return readBytes(place.response, limit);
      const what = `download ${objectId}`;
      return readBytes(await live.readSource(this.client, place.url, { byteRange, what }), limit);
    });
  }

  /**
   * Uploads a file: a local path, or a name and bytes. @throws NoAPISupportError for options that BITS does
   * not support.
   */
  put(
    file: UploadSource,
    folderId = 'me/skydrive',
    options: PutOptions = {},
  ): Promise<live.LiveUploaded | live.LiveObject> {
    const { overwrite, downsize, bitsApiFallback = true } = options;
    return olderErrors(async () => {
      const source = await openSource(file);
      const from = bitsApiFallback === true ? this.apiPutMaxBytes : bitsApiFallback;
      if (from !== false && source.bytes.byteLength >= from && source.bytes.byteLength > 0) {
        if (overwrite !== undefined && overwrite !== true)
          throw new NoAPISupportError('BITS always overwrites, so `overwrite` cannot have another value.');
        return this.info(await this.putBits([source.name, source.bytes], folderId));
      }
      const given = { ...(overwrite === undefined ? {} : { overwrite: overwriteWord(overwrite) }), downsize };
      return live.putFile(this.client, folderId, source.name, bytesBody(source.bytes), given);
    });
  }

  /** Uploads a file with BITS, and replaces a file with the same name. @returns its id. */
  putBits(file: UploadSource, folderId?: string, options: PutBitsOptions = {}): Promise<string> {
    const { fragBytes = this.apiBitsDefaultFragBytes, folderPath, rawId = false, chunkCallback } = options;
    if (folderId !== undefined && folderPath !== undefined)
      throw new OneDriveError('usage', 'Set either folderId or folderPath, not both.');
    return olderErrors(async () => {
      const { name, bytes } = await openSource(file);
      if (bytes.byteLength === 0) throw new NoAPISupportError('An empty file cannot be uploaded with BITS.');
      const beforeCommit = async () => {
        if (this.apiBitsAuthRefreshBeforeCommitHack) await this.authGetToken();
      };
      const drive = driveOn(liveProvider(this.client, systemRandom, { bitsFrom: 1, beforeCommit }), {
        clock: systemClock,
        random: systemRandom,
      });
      const folder =
        folderPath === undefined
          ? itemById((await this.info(folderId)).id)
          : itemAt(...folderPath.split('/').filter(Boolean));
      const bytesTotal = bytes.byteLength;
      const { item } = await drive.upload(bytes, folder, {
        name,
        fragmentSize: fragBytes,
        onProgress: ({ loaded }) =>
          chunkCallback?.({
            bytesTransferred: loaded,
            bytesTotal,
            chunksTransferred:
              loaded === bytesTotal ? Math.ceil(bytesTotal / fragBytes) : Math.floor(loaded / fragBytes),
            chunksTotal: Math.ceil(bytesTotal / fragBytes),
          }),
      });
      return rawId ? (live.parseObjectId(item.id)?.item ?? item.id) : item.id;
    });
  }

  /** Creates a folder. */
  mkdir(name?: string, folderId = 'me/skydrive', metadata: live.LiveChange = {}): Promise<live.LiveFolder> {
    const properties = name === undefined ? metadata : { ...metadata, name };
    return olderErrors(() => live.createFolder(this.client, folderId, properties));
  }

  /** Deletes an object. */
  delete(objectId: string): Promise<void> {
    return olderErrors(() => live.deleteObject(this.client, objectId));
  }

  /** Changes an object. */
  infoUpdate(objectId: string, data: live.LiveChange): Promise<live.LiveObject> {
    return olderErrors(() => live.updateObject(this.client, objectId, data));
  }

  /** Creates a link: `{link}`, or `{embed_html}`. */
  link(objectId: string, linkType: live.LiveLinkType = 'shared_read_link'): Promise<live.LiveLink> {
    return olderErrors(() => live.getLink(this.client, objectId, linkType));
  }

  /** Copies a file into a folder, given by id. */
  copy(objectId: string, folderId: string, move = false): Promise<live.LiveObject> {
    const transfer = move ? live.moveObject : live.copyObject;
    return olderErrors(() => transfer(this.client, objectId, folderId));
  }

  /** Moves a file into a folder. */
  move(objectId: string, folderId: string): Promise<live.LiveObject> {
    return this.copy(objectId, folderId, true);
  }

  /** Lists the comments on an object. */
  comments(objectId: string): Promise<live.LiveCollection<live.LiveComment>> {
    return olderErrors(() => live.listComments(this.client, objectId));
  }

  /** Adds a comment. */
  commentAdd(objectId: string, message: string): Promise<live.LiveComment> {
    return olderErrors(() => live.addComment(this.client, objectId, message));
  }

  /** Deletes a comment. */
  commentDelete(commentId: string): Promise<void> {
    return olderErrors(() => live.deleteComment(this.client, commentId));
  }
}

function overwriteWord(overwrite: boolean | 'ChooseNewName'): live.LiveOverwrite {
  return overwrite === 'ChooseNewName' ? overwrite : overwrite ? 'true' : 'false';
}
