/** The seam for outgoing requests of the server: to the webhooks of subscriptions, and nowhere else. */

export interface Delivery {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** The outcome of a notification. */
export interface Delivered {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Sends a POST request. @throws any error that prevents a response. */
export type Deliver = (delivery: Delivery) => Promise<Delivered>;

/** Whether the server may call this URL: https on any host, plain http on this machine only. */
export function mayCall(url: URL): boolean {
  if (url.protocol === 'https:') return true;
  const local =
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname);
  return url.protocol === 'http:' && local;
}
