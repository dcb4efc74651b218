/**
 * The locked Personal Vault of the quirk `vault`: a folder like others to look at, whose content is refused. Error as in
 * github.com/rclone/rclone/issues/8736.
 */
import { invalidRequest, type ServiceError } from '../../core/service-error.ts';
import type { ItemRecord } from './item-record.ts';

/** The name of its `specialFolder` facet. */
export const vaultName = 'vault';

/** Is it the vault itself? */
export const isVault = (item: ItemRecord): boolean => item.data.specialFolder === vaultName;

/** 400: the answer to whatever would open the vault or change it. */
export const vaultLocked = (): ServiceError => invalidRequest('ObjectHandle is Invalid', 'invalidResourceId');
