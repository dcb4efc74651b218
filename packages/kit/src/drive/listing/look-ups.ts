/** Search, recent files, quota and the person: one call each, with the offsets and limits of a list. */
import { rootItem } from '../../graph/item-ref-forms.ts';
import type { Quota, User } from '../../graph/types/index.ts';
import { type DriveOptions, resolve, type Target } from '../address/target.ts';
import type { DriveInfo } from '../provider/provider.ts';
import type { DriveContext } from '../world.ts';
import { type Listing, type ListOptions, providerList, sliced } from './list.ts';

/** Where to search. */
export interface SearchOptions extends ListOptions {
  /** The folder to search in; the whole drive unless told. */
  readonly within?: Target | undefined;
}

/** Items whose name, metadata or content match. The index of the service lags behind what was just uploaded. */
export function search(context: DriveContext, text: string, options: SearchOptions = {}): Listing {
  const within = options.within === undefined ? rootItem : resolve(options.within, options.as);
  return sliced(() => context.provider.search(within, text, providerList(options)).pages(), options);
}

/** Files used lately, newest first. */
export function recent(context: DriveContext, options: ListOptions = {}): Listing {
  return sliced(() => context.provider.recent(providerList(options)).pages(), options);
}

/** The drive itself. */
export function info(context: DriveContext, options: DriveOptions = {}): Promise<DriveInfo> {
  return context.provider.drive({ signal: options.signal });
}

/** How full the drive is, in bytes; business drives may leave parts of it out. */
export async function quota(context: DriveContext, options: DriveOptions = {}): Promise<Quota> {
  return (await info(context, options)).quota ?? {};
}

/** Who is signed in. */
export function user(context: DriveContext, options: DriveOptions = {}): Promise<User> {
  return context.provider.user({ signal: options.signal });
}
