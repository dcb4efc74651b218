/** Redacts secrets in logged requests. The server has its own rules, because it shares no code with the client. */

const secretHeaders = new Set(['authorization', 'cookie', 'set-cookie', 'proxy-authorization']);
const urlHeaders = new Set(['location', 'content-location', 'referer']);

/** Query parameters that contain a secret: of Graph, of sign-in and of pre-authenticated URLs. */
const secretParameters =
  /([?&#](?:access_token|id_token|refresh_token|code|client_secret|code_verifier|device_code|user_code|assertion|client_assertion|tempauth|token|sig|key|authkey|validationToken)=)[^&#\s]+/gi;

/** Path segments that are secrets: upload, download and monitor URLs, sharing tokens. */
const secretPaths =
  /(\/(?:_content|_upload|_monitor|_version|_thumb|_converted|_preview|up|rup|y4m|download|shares|monitor|uploadSession)\/)[^/?#\s]+/g;

/** A URL, or text that contains URLs, with secrets replaced by `***`. */
export function redacted(text: string): string {
  return text.replace(secretParameters, '$1***').replace(secretPaths, '$1***');
}

/** Headers, with secrets replaced by `***`. */
export function redactedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, redactedHeader(name, value)]),
  );
}

function redactedHeader(name: string, value: string): string {
  const lower = name.toLowerCase();
  if (secretHeaders.has(lower)) return '***';
  return urlHeaders.has(lower) ? redacted(value) : value;
}
