/**
 * Redacts secrets in text that will be shown or logged: tokens and codes by their names in forms, queries and
 * JSON; upload, download and sharing links by their format, because they work without a token. The host and
 * the structure of the path stay readable. When in doubt, it redacts.
 */
import type { HeaderMap } from './transport.ts';

/** Replaces a secret. */
export const redactedMark = '***';

/** Names whose value is always a secret. */
const secretNames = [
  'access_token',
  'refresh_token',
  'id_token',
  'token',
  'code',
  'client_secret',
  'code_verifier',
  'device_code',
  'user_code',
  'assertion',
  'client_assertion',
  'password',
  'passwd',
  'tempauth',
  'authkey',
  'sig',
  'signature',
  'secret',
  'accessToken',
  'refreshToken',
  'idToken',
  'clientSecret',
  'wrap_access_token',
  'id_token_hint',
  'logout_hint',
  'client_info',
  'claims',
  'prooftoken',
  'encodeFailures',
  'authorization',
  'session',
  'cookie',
].join('|'); // prettier-ignore

/** Properties whose value is a secret link. */
const linkNames = [
  '@microsoft.graph.downloadUrl',
  '@content.downloadUrl',
  'uploadUrl',
  'downloadUrl',
  'Location',
  'notificationUrl',
  'thumbnailUrl',
  'getUrl',
  'postUrl',
  'url',
]
  .map((name) => name.replace(/[.]/g, '\\.'))
  .join('|');

/** Headers that are redacted completely, and those whose value is a link. */
const secretHeaders = /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/;
const linkHeaders = /^(location|content-location|operation-location)$/;

/**
 * Request headers that are shown; others, such as a header from the configuration, may contain credentials.
 */
const plainRequestHeaders =
  /^(accept|accept-language|client-request-id|return-client-request-id|content-(type|length|range)|range|if-(none-)?match|if-range|prefer|user-agent|x-requested-with)$/;

const mark = redactedMark;

/**
 * Names with these endings are secrets too: `ONEDRIVE_CLIENT_SECRET`, `certificate_password`,
 * `X-Amz-Signature`.
 */
const secretEndings = '[\\w.-]*(?:token|secret|password|passphrase|signature|sealed|apikey|api_key)';

/** In the order in which they are applied. */
const rules: readonly (readonly [RegExp, string])[] = [
  // Links of the services, by path or by host.
  [
    /(\/(?:up|rup|_?uploads?|download|_content|content-link|_?monitor)\/)[^\s"'<>?#\\]+(?:\?[^\s"'<>#\\]*)?/gi,
    `$1${mark}`,
  ],
  [/(\/_layouts\/15\/[\w.]+\.aspx)\?[^\s"'<>#\\]*/gi, `$1?${mark}`],
  [/(\/uploadSession)\?[^\s"<>#\\]*/gi, `$1?${mark}`],
  [
    /(https?:\/\/[\w.-]*\.(?:1drv\.com|storage\.live\.com|livefilestore\.com|svc\.ms))\/[^\s"'<>\\]*/gi,
    `$1/${mark}`,
  ],
  // Sharing links and tokens.
  [/(https?:\/\/1drv\.ms)\/[^\s"'<>\\]*/gi, `$1/${mark}`],
  [/(\/:[a-z]:\/[a-z]\/)[^\s"'<>\\]*/gi, `$1${mark}`],
  [/\b[us]![A-Za-z0-9_%-]{4,}/g, mark],
  [/(\/shares\/)[^\s"'<>/?#\\]+/gi, `$1${mark}`],
  // JSON, including JSON inside a JSON string.
  [new RegExp(`("(?:${linkNames})"\\s*:\\s*"https?://[^/"\\\\]*)(?:[^"\\\\]|\\\\.)*"`, 'gi'), `$1/${mark}"`],
  [
    new RegExp(`(\\\\"(?:${linkNames}|${secretNames})\\\\"\\s*:\\s*\\\\")(?:[^"\\\\]|\\\\(?!"))*`, 'gi'),
    `$1${mark}`,
  ],
  [new RegExp(`("(?:${secretNames})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'gi'), `$1${mark}`],
  // Forms and queries, including percent-encoded ones inside another query.
  [
    new RegExp(
      `((?:^|[?&#;\\s"'({,]|%3F|%26|%23)(?:${secretNames})(?:=|%3D)['"]?)(?:(?!%26)[^&\\s"'<>#;\\\\])*`,
      'gim',
    ),
    `$1${mark}`,
  ],
  // Any other name with the ending of a secret: in JSON, in forms and environments, in YAML.
  [new RegExp(`("${secretEndings}"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'gi'), `$1${mark}`],
  [new RegExp(`((?:^|[?&#;\\s"'({,])${secretEndings}=['"]?)[^&\\s"'<>#;\\\\]*`, 'gim'), `$1${mark}`],
  [new RegExp(`(^[ \\t-]*${secretEndings}:[ \\t]+)(?!\\*\\*\\*)\\S.*$`, 'gim'), `$1${mark}`],
  // By their own format.
  [/(\bhttps?:\/\/)[^\s/?#"'<>@]+@/gi, `$1${mark}@`],
  // A password with an unescaped slash: the text before its colon is not a host and the text after it is
  // not a port.
  [/(\bhttps?:\/\/)[^\s/?#"'<>@:]+:(?!\d+(?:[/?#]|$))[^\s"'<>@]*@/gi, `$1${mark}@`],
  [/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g, `-----BEGIN $1-----${mark}`],
  [/\b(bearer|basic|pop)\s+(?!realm=|\*\*\*)[^\s"',;\\]+/gi, `$1 ${mark}`],
  [/\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*){0,3}/g, mark],
];

/** Redacts any text: a URL, a body, an error message, a log line. */
export function redactText(text: string): string {
  return rules.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

/** Redacts headers by name; the other values are redacted as text. */
export function redactHeaders(headers: HeaderMap): HeaderMap {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, headerValue(name.toLowerCase(), value)]),
  );
}

/** Redacts request headers: the value is shown only if the name is known to be harmless. */
export function redactRequestHeaders(headers: HeaderMap): HeaderMap {
  return Object.fromEntries(
    Object.entries(redactHeaders(headers)).map(([name, value]) => [
      name,
      plainRequestHeaders.test(name.toLowerCase()) ? value : mark,
    ]),
  );
}

function headerValue(name: string, value: string): string {
  if (secretHeaders.test(name)) return mark;
  return linkHeaders.test(name) ? redactLink(value) : redactText(value);
}

/** Redacts a link that is a secret as a whole: only scheme and host remain. */
export function redactLink(link: string): string {
  return URL.canParse(link) ? `${new URL(link).origin}/${mark}` : mark;
}
