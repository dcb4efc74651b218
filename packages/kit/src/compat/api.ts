/**
 * Convenience methods on top of the wrapper. Results have the form of the wrapper and that of the older
 * class.
 */
import { LiveError } from '../errors/index.ts';
import type { LiveCollection, LiveComment, LiveObject, LiveQuota } from '../live/index.ts';
import { OneDriveAPIWrapper } from './api-wrapper.ts';
import { DoesNotExists, ProtocolError } from './errors.ts';

/** Bytes: `[available, quota]`, and by name. */
export type QuotaPair = readonly [available: number, quota: number] & LiveQuota;

/** A list, also under the property name that the API uses. */
export type DataList<T> = readonly T[] & LiveCollection<T>;

/** Options of a list. */
export interface ListdirOptions {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  /** Only objects of these types. */
  readonly typeFilter?: string | readonly string[] | undefined;
}

/** How to resolve a path. */
export interface ResolveOptions {
  /** Return the object itself instead of its id. */
  readonly objects?: boolean;
  /** Objects per request. Default: 500. */
  readonly listdirLimit?: number;
}

/** The convenience interface. */
export class OneDriveAPI extends OneDriveAPIWrapper {
  /**
   * Returns the id of the object at a path below a folder, found name by name.
   * @param path names separated by slashes of either kind, or a list of names; a path that starts with
   * `me/skydrive` is an id.
   * @throws DoesNotExists
   */
  async resolvePath(
    path?: string | readonly string[],
    rootId?: string,
    options?: ResolveOptions & { readonly objects?: false },
  ): Promise<string>;
  async resolvePath(
    path: string | readonly string[] | undefined,
    rootId: string | undefined,
    options: ResolveOptions & { readonly objects: true },
  ): Promise<LiveObject>;
  async resolvePath(
    path: string | readonly string[] = '',
    rootId = 'me/skydrive',
    { objects = false, listdirLimit = 500 }: ResolveOptions = {},
  ): Promise<string | LiveObject> {
    const id = await this.#idOf(path, rootId, listdirLimit);
    return objects ? this.info(id) : id;
  }

  async #idOf(path: string | readonly string[], rootId: string, limit: number): Promise<string> {
    if (typeof path === 'string' && path.startsWith('me/skydrive')) return path;
    const names = typeof path === 'string' ? path.split(/[\\/]+/).filter((name) => name !== '') : path;
    let at = rootId;
    for (const [depth, name] of names.entries()) {
      const found = await this.#childOf(at, name, limit);
      if (found === undefined) throw new DoesNotExists(at, names.slice(depth));
      at = found;
    }
    return at;
  }

  async #childOf(folderId: string, name: string, limit: number): Promise<string | undefined> {
    for (let offset = 0; ; offset += limit) {
      try {
        const page = await this.listdir(folderId, { offset, limit });
        const found = page.findLast((object) => object.name === name);
        if (found !== undefined || page.length < limit) return found?.id;
      } catch (error) {
        // A file has no children.
        if (error instanceof ProtocolError && (error.status === 404 || isNoFolder(error))) return undefined;
        throw error;
      }
    }
  }

  /** `[available, quota]` in bytes. */
  override async getQuota(): Promise<QuotaPair> {
    const { available, quota } = await super.getQuota();
    return Object.assign([available, quota] as const, { available, quota });
  }

  /** Lists a folder as an array. */
  override async listdir(
    folderId = 'me/skydrive',
    options: ListdirOptions = {},
  ): Promise<DataList<LiveObject>> {
    const { typeFilter, ...range } = options;
    const { data } = await super.listdir(folderId, range);
    if (typeFilter === undefined) return asList(data);
    const wanted = typeof typeFilter === 'string' ? [typeFilter] : typeFilter;
    return asList(data.filter((object) => wanted.includes(object.type)));
  }

  /**
   * Copies a file into a folder, which may be a friendly path: its id is looked up, since the service
   * requires one.
   */
  override async copy(objectId: string, folderId: string, move = false): Promise<LiveObject> {
    const destination = folderId.startsWith('me/skydrive') ? (await this.info(folderId)).id : folderId;
    return super.copy(objectId, destination, move);
  }

  /** The comments on an object, as an array. */
  override async comments(objectId: string): Promise<DataList<LiveComment>> {
    return asList((await super.comments(objectId)).data);
  }
}

function asList<T>(data: readonly T[]): DataList<T> {
  return Object.assign([...data], { data });
}

function isNoFolder(error: ProtocolError): boolean {
  return error.cause instanceof LiveError && error.cause.liveCode === 'request_url_invalid';
}
