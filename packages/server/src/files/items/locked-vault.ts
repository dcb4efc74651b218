/**
 * The locked Personal Vault of the quirk `vault`: a folder with normal properties, whose content is refused. The error is
 * that of github.com/rclone/rclone/issues/8736.
 */
import { invalidRequest, type ServiceError } from '../../core/service-error.ts';
import type { ItemRecord } from './item-record.ts';

/** The name of its `specialFolder` facet. */
export const vaultName = 'vault';

/** Whether the item is the vault itself. */
export const isVault = (item: ItemRecord): boolean => item.data.specialFolder === vaultName;

/** 400: the error of every request that would open the vault or change it. */
export const vaultLocked = (): ServiceError => invalidRequest('ObjectHandle is Invalid', 'invalidResourceId');
