/**
 * Checks of the connection to the service, one step at a time, so that a failure names its step: proxy, DNS, IPv6, TLS.
 */
import { liveAddresses, resolveEndpoints } from 'onedrive-kit/auth';
import type { Profile } from 'onedrive-kit/config';
import { networkError } from 'onedrive-kit/internal/http/network-error';
import {
  type FoundAddress,
  findAddresses,
  portOf,
  reachAddress,
  reachThroughProxy,
  shakeHands,
} from 'onedrive-kit/internal/http/node/handshake';
import type { NodeTransportOptions } from 'onedrive-kit/internal/http/node/options';
import type { Context } from '../context.ts';
import { graphUrlOf } from '../session/account.ts';
import { networkOptions } from '../session/network-options.ts';
import { aboutCertificate, aboutConnection, aboutHandshake, aboutName } from './connection-advice.ts';
import { attempted, type Finding, finding } from './finding.ts';

/** Time in milliseconds for an IPv6 address to accept a connection. */
const timeoutMs = 3000;

/** Checks proxy, DNS, IPv6 and TLS, for the sign-in service and the API. */
export async function connection(context: Context, profile: Profile): Promise<readonly Finding[]> {
  const urls = serviceUrls(profile);
  const opened: { options?: NodeTransportOptions } = {};
  const proxyFinding = await attempted('proxy', async () => {
    const options = (opened.options = await networkOptions(profile.network, context));
    return proxy(urls, options);
  });
  const { options } = opened;
  if (options === undefined || proxyFinding.status === 'fail') return [proxyFinding];
  const { finding: dns, addresses } = await names(urls, options);
  if (dns.status === 'fail') return [proxyFinding, dns];
  return [
    proxyFinding,
    dns,
    ...(await ipv6(addresses, options)),
    await attempted('tls', () => tls(urls, options)),
  ];
}

/** The URLs that requests are sent to, each origin once. */
function serviceUrls(profile: Profile): readonly URL[] {
  const { cloud, tenant, endpoints } = profile;
  const live = liveAddresses(endpoints.live);
  const addresses =
    profile.api === 'live-v5'
      ? [live.login, live.baseUrl]
      : [resolveEndpoints({ cloud, tenant, ...endpoints }).authority, graphUrlOf(profile)];
  const urls = addresses.map((address) => new URL(address));
  return urls.filter((url, at) => urls.findIndex(({ origin }) => origin === url.origin) === at);
}

/** Checks the proxy. Only its host is printed, because its address may contain a password. */
async function proxy(urls: readonly URL[], options: NodeTransportOptions): Promise<Finding> {
  const used = urls.flatMap((url) => {
    const chosen = options.proxy?.(url);
    return chosen === undefined ? [] : [{ url, name: `${chosen.hostname}:${String(chosen.port)}` }];
  });
  if (used.length === 0) return finding('proxy', 'ok', 'none');
  for (const { url } of used) await reachThroughProxy(url, options);
  const through = [...new Set(used.map(({ name }) => name))].join(', ');
  return finding('proxy', 'ok', `${through} connects to ${used.map(({ url }) => url.host).join(', ')}`);
}

interface HostAddress extends FoundAddress {
  readonly url: URL;
}

/** Checks DNS. With a proxy, the proxy resolves names. */
async function names(
  urls: readonly URL[],
  options: NodeTransportOptions,
): Promise<{ readonly finding: Finding; readonly addresses: readonly HostAddress[] }> {
  const direct = urls.filter((url) => options.proxy?.(url) === undefined);
  if (direct.length === 0)
    return { finding: finding('dns', 'ok', 'the proxy resolves names'), addresses: [] };
  const addresses: HostAddress[] = [];
  for (const url of direct) {
    try {
      for (const address of await findAddresses(url.hostname, options)) addresses.push({ ...address, url });
    } catch (error) {
      const { message } = networkError(url.href, error);
      return { finding: finding('dns', 'fail', message, aboutName(codeOf(error))), addresses };
    }
  }
  const lines = direct.map((url) => {
    const resolved = addresses.filter((address) => address.url === url);
    return `${url.hostname} is ${resolved.map(({ address }) => address).join(', ')}`;
  });
  return { finding: finding('dns', 'ok', lines.join('; ')), addresses };
}

/** Checks IPv6: if it is configured but does not work, every new connection is delayed. */
async function ipv6(
  addresses: readonly HostAddress[],
  { family }: NodeTransportOptions,
): Promise<readonly Finding[]> {
  const first = addresses.find((address) => address.family === 6);
  const hasIpv4 = addresses.some((address) => address.family === 4);
  if (first === undefined || !hasIpv4 || family === 4) return [];
  try {
    await reachAddress(first, portOf(first.url), timeoutMs);
    return [finding('ipv6', 'ok', `${first.url.hostname} is reachable at ${first.address}`)];
  } catch {
    const found = `${first.url.hostname} is not reachable at ${first.address}; IPv4 is used after a delay`;
    return [finding('ipv6', 'warn', found, 'Run: onedrive-cli config set network.ip 4')];
  }
}

/** Checks the certificates of the servers. */
async function tls(urls: readonly URL[], options: NodeTransportOptions): Promise<Finding> {
  const secure = urls.filter(({ protocol }) => protocol === 'https:');
  if (secure.length === 0) return finding('tls', 'skip', 'not used: the addresses are not https');
  const lines: string[] = [];
  for (const url of secure) {
    const handshake = await shakeHands(url, options).catch((error: unknown) => {
      const { message } = networkError(url.href, error);
      const refused = /^E(CONN|TIMEDOUT|HOST|NET)/.test(codeOf(error)) && codeOf(error) !== 'ECONNRESET';
      return finding('tls', 'fail', message, refused ? aboutConnection : aboutHandshake);
    });
    if ('check' in handshake) return handshake;
    const { protocol, issuer, ends, fault } = handshake;
    if (fault !== undefined) {
      const { found, next } = aboutCertificate(fault);
      return finding('tls', 'fail', `${url.host}: ${found} (issued by ${issuer}, until ${ends})`, next);
    }
    lines.push(`${url.host}: ${protocol}, issued by ${issuer}`);
  }
  return finding('tls', 'ok', lines.join('; '));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
