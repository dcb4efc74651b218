/** Blots secrets out of what is logged: the server's own rule, because it shares no code with the client's. */

const secretHeaders = new Set(['authorization', 'cookie', 'set-cookie', 'proxy-authorization']);
const urlHeaders = new Set(['location', 'content-location', 'referer']);

/** Query parameters that hold a secret on the wire of Graph, of sign-in and of pre-authenticated URLs. */
const secretParameters =
  /([?&#](?:access_token|id_token|refresh_token|code|client_secret|code_verifier|device_code|user_code|assertion|client_assertion|tempauth|token|sig|key|authkey|validationToken)=)[^&#\s]+/gi;

/** Path segments that are a secret by themselves: upload, download and monitor addresses, sharing tokens. */
const secretPaths =
  /(\/(?:_content|_upload|_monitor|_version|_thumb|_converted|_preview|up|rup|y4m|download|shares|monitor|uploadSession)\/)[^/?#\s]+/g;

/** `text`, a URL, with its secrets replaced by `***`. */
export function blotted(text: string): string {
  return text.replace(secretParameters, '$1***').replace(secretPaths, '$1***');
}

/** Headers, with secrets replaced by `***`. */
export function blottedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, blottedHeader(name, value)]),
  );
}

function blottedHeader(name: string, value: string): string {
  const lower = name.toLowerCase();
  if (secretHeaders.has(lower)) return '***';
  return urlHeaders.has(lower) ? blotted(value) : value;
}
