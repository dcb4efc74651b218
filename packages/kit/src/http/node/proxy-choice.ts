/**
 * Selects the proxy of a request from the variables that curl and other programs read: HTTPS_PROXY,
 * HTTP_PROXY, ALL_PROXY and NO_PROXY, in either case
 * (https://everything.curl.dev/usingcurl/proxies/env.html). Requests to this machine never use a proxy: the
 * sign-in of a server under test must not leave the machine.
 */
import { OneDriveError } from '../../errors/index.ts';

/** A proxy, reached over http or https. */
export interface Proxy {
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: number;
  /** `Basic …`, if the address has a user name. Secret. */
  readonly authorization: string | undefined;
}

/** @returns undefined for a direct connection. @throws OneDriveError `usage` (`config` for one of the configuration) for an address that cannot be a proxy, `not-supported` for SOCKS. */
export type ProxyChoice = (url: URL) => Proxy | undefined;

/** The environment variables that name proxies. */
export interface ProxyEnvironment {
  readonly [name: string]: string | undefined;
}

/**
 * Reads the variables.
 * @param forced takes precedence over HTTPS_PROXY and the others, but not over NO_PROXY; `none` means no
 * proxy at all.
 */
export function proxyChoice(env: ProxyEnvironment, forced?: string): ProxyChoice {
  const named = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const rules = (named('NO_PROXY') ?? '').split(/[\s,]+/).filter(Boolean);
  if (forced === 'none') return () => undefined;
  return (url) => {
    if (isLocal(url.hostname) || rules.some((rule) => excludes(rule, url))) return undefined;
    const scheme = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
    if (forced !== undefined) return parseProxy(forced, { name: 'network.proxy', code: 'config' });
    const name = named(scheme) === undefined ? 'ALL_PROXY' : scheme;
    const address = named(name);
    return address === undefined ? undefined : parseProxy(address, { name, code: 'usage' });
  };
}

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * `*`, `example.com` and `.example.com` (both including subdomains), `host:port`, an address, `10.0.0.0/8`.
 */
function excludes(rule: string, url: URL): boolean {
  if (rule === '*') return true;
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(rule.toLowerCase()) ?? [];
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (rule.includes('/')) return inNetwork(host, rule);
  const bare = (name.includes(':') || rule.split(':').length > 2 ? rule : name).replace(
    /^\*?\.|^\[|\]$/g,
    '',
  );
  const usualPort = url.protocol === 'https:' ? '443' : '80';
  if (port !== undefined && rule.split(':').length === 2 && (url.port || usualPort) !== port) return false;
  return bare !== '' && (host === bare || host.endsWith(`.${bare}`));
}

function inNetwork(host: string, rule: string): boolean {
  const [network = '', bits = ''] = rule.split('/');
  const [address, base] = [ipv4(host), ipv4(network)];
  if (address === undefined || base === undefined || !/^\d{1,2}$/.test(bits)) return false;
  const shift = 32 - Math.min(32, Number(bits));
  return shift === 32 || address >>> shift === base >>> shift;
}

function ipv4(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** Where an address is from, and the code of the error for one that cannot be used. */
interface AddressSource {
  readonly name: string;
  readonly code: 'usage' | 'config';
}

/** The address is never repeated in the message: it may contain a password. */
function parseProxy(address: string, { name, code }: AddressSource): Proxy {
  const text = address.includes('://') ? address : `http://${address}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^socks/.test(url.protocol)) {
    throw new OneDriveError('not-supported', 'SOCKS proxies are not supported.', {
      hint: 'Set HTTPS_PROXY (or network.proxy) to an HTTP proxy: most programs that offer SOCKS also offer HTTP. NO_PROXY excludes hosts; network.proxy: none disables proxies.',
    });
  }
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new OneDriveError(code, `The address of the proxy in ${name} cannot be used.`, {
      hint: `Set ${name} to an address such as http://proxy.example.com:8080.`,
    });
  }
  const secure = url.protocol === 'https:';
  const user = `${decoded(url.username)}:${decoded(url.password)}`;
  return {
    secure,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (secure ? 443 : 80)),
    authorization: url.username === '' ? undefined : `Basic ${btoa(unescapedUtf8(user))}`,
  };
}

/** A percent sign that begins no escape is part of the name or password. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function unescapedUtf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}
