/**
 * Checks of the way to the service, one step at a time, so that each failure names the step that it belongs to: the
 * proxy, names, both versions of IP, TLS.
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
import { attempted, type Finding, finding } from './finding.ts';
import { aboutCertificate, aboutConnection, aboutHandshake, aboutName } from './way-faults.ts';

/** Milliseconds that an address of IPv6 may take to accept a connection. */
const patience = 3000;

/** Proxy, names, IPv6 and TLS, of the sign-in service and of the API. */
export async function way(context: Context, profile: Profile): Promise<readonly Finding[]> {
  const places = placesOf(profile);
  const opened: { options?: NodeTransportOptions } = {};
  const through = await attempted('proxy', async () => {
    const options = (opened.options = await networkOptions(profile.network, context));
    return proxy(places, options);
  });
  const { options } = opened;
  if (options === undefined || through.status === 'fail') return [through];
  const { finding: named, addresses } = await names(places, options);
  if (named.status === 'fail') return [through, named];
  const wide = await ipv6(addresses, options);
  return [through, named, ...wide, await attempted('tls', () => tls(places, options))];
}

/** Where requests go: each host once. */
function placesOf(profile: Profile): readonly URL[] {
  const { cloud, tenant, endpoints } = profile;
  const live = liveAddresses(endpoints.live);
  const addresses =
    profile.api === 'live-v5'
      ? [live.login, live.baseUrl]
      : [resolveEndpoints({ cloud, tenant, ...endpoints }).authority, graphUrlOf(profile)];
  const urls = addresses.map((address) => new URL(address));
  return urls.filter((url, at) => urls.findIndex(({ origin }) => origin === url.origin) === at);
}

/** Which proxy, and does it let requests through? Its address may hold a password, so only its host is told. */
async function proxy(places: readonly URL[], options: NodeTransportOptions): Promise<Finding> {
  const used = places.flatMap((url) => {
    const chosen = options.proxy?.(url);
    return chosen === undefined ? [] : [{ url, name: `${chosen.hostname}:${String(chosen.port)}` }];
  });
  if (used.length === 0) return finding('proxy', 'ok', 'none');
  for (const { url } of used) await reachThroughProxy(url, options);
  const through = [...new Set(used.map(({ name }) => name))].join(', ');
  return finding('proxy', 'ok', `${through} lets through to ${used.map(({ url }) => url.host).join(', ')}`);
}

interface Named extends FoundAddress {
  readonly url: URL;
}

/** Behind a proxy it is the proxy that resolves names. */
async function names(
  places: readonly URL[],
  options: NodeTransportOptions,
): Promise<{ readonly finding: Finding; readonly addresses: readonly Named[] }> {
  const direct = places.filter((url) => options.proxy?.(url) === undefined);
  if (direct.length === 0)
    return { finding: finding('dns', 'ok', 'the proxy resolves names'), addresses: [] };
  const addresses: Named[] = [];
  for (const url of direct) {
    try {
      for (const one of await findAddresses(url.hostname, options)) addresses.push({ ...one, url });
    } catch (error) {
      const { message } = networkError(url.href, error);
      return { finding: finding('dns', 'fail', message, aboutName(codeOf(error))), addresses };
    }
  }
  const told = direct.map((url) => {
    const own = addresses.filter((one) => one.url === url);
    return `${url.hostname} is ${own.map(({ address }) => address).join(', ')}`;
  });
  return { finding: finding('dns', 'ok', told.join('; ')), addresses };
}

/** Where IPv6 is announced but leads nowhere, every new connection waits a second for it. */
async function ipv6(
  addresses: readonly Named[],
  { family }: NodeTransportOptions,
): Promise<readonly Finding[]> {
  const wide = addresses.filter((one) => one.family === 6);
  const [first] = wide;
  const both = addresses.some((one) => one.family === 4);
  if (first === undefined || !both || family === 4) return [];
  try {
    await reachAddress(first, portOf(first.url), patience);
    return [finding('ipv6', 'ok', `${first.url.hostname} is reached at ${first.address}`)];
  } catch {
    const found = `${first.url.hostname} is not reached at ${first.address}; IPv4 is used after a wait`;
    return [finding('ipv6', 'warn', found, 'Run: onedrive-cli config set network.ip 4')];
  }
}

/** Who vouches for the servers, and is that enough? */
async function tls(places: readonly URL[], options: NodeTransportOptions): Promise<Finding> {
  const secure = places.filter(({ protocol }) => protocol === 'https:');
  if (secure.length === 0) return finding('tls', 'skip', 'not used on this machine');
  const told: string[] = [];
  for (const url of secure) {
    const met = await shakeHands(url, options).catch((error: unknown) => {
      const { message } = networkError(url.href, error);
      const refused = /^E(CONN|TIMEDOUT|HOST|NET)/.test(codeOf(error)) && codeOf(error) !== 'ECONNRESET';
      return finding('tls', 'fail', message, refused ? aboutConnection : aboutHandshake);
    });
    if ('check' in met) return met;
    const { protocol, issuer, ends, fault } = met;
    if (fault !== undefined) {
      const { found, next } = aboutCertificate(fault);
      return finding('tls', 'fail', `${url.host}: ${found} (issued by ${issuer}, until ${ends})`, next);
    }
    told.push(`${url.host}: ${protocol}, issued by ${issuer}`);
  }
  return finding('tls', 'ok', told.join('; '));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
