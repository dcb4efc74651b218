/** The quota facet: https://learn.microsoft.com/onedrive/developer/rest-api/resources/quota */

export interface QuotaFacet {
  readonly total: number;
  readonly used: number;
  readonly remaining: number;
  readonly deleted: number;
  readonly state: 'normal' | 'nearing' | 'critical' | 'exceeded';
}

/** All values in bytes; `deleted` is the size of the recycle bin. */
export function quotaOf(total: number, used: number, deleted: number): QuotaFacet {
  const remaining = Math.max(total - used, 0);
  return { total, used, remaining, deleted, state: quotaState(total, remaining) };
}

function quotaState(total: number, remaining: number): QuotaFacet['state'] {
  if (remaining <= 0) return 'exceeded';
  if (remaining < total / 100) return 'critical';
  return remaining < total / 10 ? 'nearing' : 'normal';
}
