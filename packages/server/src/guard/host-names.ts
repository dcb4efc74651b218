/**
 * The host names that a listener accepts. A web page can point its own host name at 127.0.0.1 (DNS rebinding); for the
 * browser it then has the same origin as this server, and only the Host header reveals it.
 */

/** The host names of a listener, in lower case and without ports. */
export interface HostRules {
  /** Names and addresses of this machine, and explicitly allowed names. */
  readonly isOwn: (name: string) => boolean;
  /** Names of the service that an intercepting listener serves. */
  readonly answersFor?: ((name: string) => boolean) | undefined;
}

/** The kind of the name in a request. */
export type HostKind = 'machine' | 'service';

/** The host name in `host:port`, in lower case, without brackets; undefined if it is not a valid host. */
export function hostName(authority: string): string | undefined {
  const [, bracketed, name] = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9_][A-Za-z0-9_.-]*))(?::\d{1,5})?$/.exec(
    authority,
  ) ?? [undefined];
  return (bracketed ?? name)?.toLowerCase();
}

/** `localhost` and its subdomains, 127.0.0.0/8 and ::1, without brackets. */
export function isLoopbackName(name: string): boolean {
  return name === '::1' || /^(?:[\w-]+\.)*localhost$/.test(name) || isLoopbackAddress(name);
}

function isLoopbackAddress(name: string): boolean {
  const parts = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(name)?.slice(1);
  return parts?.every((part) => Number(part) <= 255) === true;
}

/** The kind of `authority` (the value of a Host header); undefined if the server does not accept the name. */
export function hostKind(authority: string, rules: HostRules): HostKind | undefined {
  const name = hostName(authority);
  if (name === undefined) return undefined;
  if (isLoopbackName(name) || rules.isOwn(name)) return 'machine';
  return rules.answersFor?.(name) === true ? 'service' : undefined;
}

/** The names of a listener on `host`. */
export function hostRules(options: {
  /** The host that the listener was configured with. */
  readonly host: string;
  readonly allowHosts?: readonly string[] | undefined;
  /** Addresses and name of this machine, read when no other rule matches a name, because interfaces can change. */
  readonly machineNames: () => readonly string[];
  readonly answersFor?: ((name: string) => boolean) | undefined;
}): HostRules {
  const { host, allowHosts = [], machineNames, answersFor } = options;
  const fixed = new Set([...allowHosts.map(plainName), ...(isEveryAddress(host) ? [] : [plainName(host)])]);
  const open = !isLoopbackName(plainName(host));
  return {
    isOwn: (name) => fixed.has(name) || (open && machineNames().some((one) => plainName(one) === name)),
    answersFor,
  };
}

/** Lower case, without brackets and without the zone of a link-local address. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '');
}

const isEveryAddress = (host: string): boolean => host === '0.0.0.0' || host === '::';
