/** The seam through which the server calls out: to the webhooks that clients subscribed, and nowhere else. */

export interface Delivery {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** What came of a notification. */
export interface Delivered {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** POSTs. @throws whatever keeps it from being answered. */
export type Deliver = (delivery: Delivery) => Promise<Delivered>;

/** May the server call this URL? https anywhere, plain http on this machine only. */
export function mayCall(url: URL): boolean {
  if (url.protocol === 'https:') return true;
  const local =
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname);
  return url.protocol === 'http:' && local;
}
