/** Search, recent files, quota and the user: one call each, with the offsets and limits of a list. */
import { rootItem } from '../../graph/item-ref-forms.ts';
import type { Quota, User } from '../../graph/types/index.ts';
import { type DriveOptions, resolve, type Target } from '../address/target.ts';
import type { DriveInfo } from '../provider/provider.ts';
import type { DriveContext } from '../world.ts';
import { type Listing, type ListOptions, providerList, sliced } from './list.ts';

/** Where to search. */
export interface SearchOptions extends ListOptions {
  /** The folder to search in. Default: the whole drive. */
  readonly within?: Target | undefined;
}

/**
 * Finds items by name, metadata or content. The index of the service does not contain recent uploads
 * immediately.
 */
export function search(context: DriveContext, text: string, options: SearchOptions = {}): Listing {
  const within = options.within === undefined ? rootItem : resolve(options.within, options.as);
  return sliced(() => context.provider.search(within, text, providerList(options)).pages(), options);
}

/** Recently used files, newest first. */
export function recent(context: DriveContext, options: ListOptions = {}): Listing {
  return sliced(() => context.provider.recent(providerList(options)).pages(), options);
}

/** The drive itself. */
export function info(context: DriveContext, options: DriveOptions = {}): Promise<DriveInfo> {
  return context.provider.drive({ signal: options.signal });
}

/** The quota of the drive, in bytes; business drives may omit parts of it. */
export async function quota(context: DriveContext, options: DriveOptions = {}): Promise<Quota> {
  return (await info(context, options)).quota ?? {};
}

/** The signed-in user. */
export function user(context: DriveContext, options: DriveOptions = {}): Promise<User> {
  return context.provider.user({ signal: options.signal });
}
