/** An entry of the request log, and what the page derives from it. */

export interface LogEntry {
  readonly id: number;
  readonly time: number;
  readonly ms: number;
  readonly method: string;
  readonly url: string;
  readonly status?: number;
  readonly units: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
}

/** Path and query of a request. */
export function pathOf({ url }: LogEntry): string {
  const { pathname, search } = new URL(url);
  return decodedPath(pathname) + search;
}

function decodedPath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** `ok`, `redirect`, `refused` or `failed`: how the request ended. */
export function outcomeOf({ status }: LogEntry): 'ok' | 'redirect' | 'refused' | 'failed' {
  if (status === undefined || status >= 500) return 'failed';
  if (status >= 400) return 'refused';
  return status >= 300 ? 'redirect' : 'ok';
}

/** Whether every word of the filter is in the method, status, path or faults of an entry; `4xx` matches a class of statuses. */
export function matches(entry: LogEntry, filter: string): boolean {
  const status = String(entry.status ?? 'broken');
  const text = `${entry.method} ${status} ${pathOf(entry)} ${entry.faults.join(' ')}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => (/^[1-5]xx$/.test(word) ? status.startsWith(word.slice(0, 1)) : text.includes(word)));
}

/** Headers that curl sets itself. */
const ownHeaders = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'user-agent']);

/** A curl command for a POSIX shell that sends the request again. Redacted values are left for the person to fill in. */
export function curlCommand({ method, url, requestHeaders }: LogEntry): string {
  const headers = Object.entries(requestHeaders)
    .filter(([name]) => !ownHeaders.has(name.toLowerCase()) && !/^sec-/i.test(name))
    .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const parts = ['curl', '-i', ...(method === 'GET' ? [] : ['-X', method]), ...headers, quoted(url)];
  return parts.join(' ');
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
