/** The request log as an HTTP Archive. Source: http://www.softwareishard.com/blog/har-12-spec/ */
import type { LogEntry } from './request-log.ts';

/** A HAR 1.2 document. The log does not store bodies, so sizes are -1, which means unknown. */
export function toHar(entries: readonly LogEntry[], version: string): Record<string, unknown> {
  return {
    log: { version: '1.2', creator: { name: 'onedrive-kit', version }, entries: entries.map(toEntry) },
  };
}

function toEntry(entry: LogEntry): Record<string, unknown> {
  return {
    startedDateTime: new Date(entry.time).toISOString(),
    time: entry.ms,
    request: {
      method: entry.method,
      url: entry.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(entry.requestHeaders),
      queryString: [...new URL(entry.url).searchParams].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: -1,
    },
    response: {
      status: entry.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(entry.responseHeaders),
      content: {
        size: Number(entry.responseHeaders['Content-Length'] ?? 0),
        mimeType: entry.responseHeaders['Content-Type'] ?? '',
      },
      redirectURL: entry.responseHeaders['Location'] ?? '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: entry.ms, receive: 0 },
  };
}

function pairs(
  headers: Readonly<Record<string, string>>,
): { readonly name: string; readonly value: string }[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
