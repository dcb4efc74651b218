/**
 * Which names a listener answers to. A web page can point a name of its own at 127.0.0.1 (DNS rebinding) and is then, for
 * the browser, of the same origin as this server: only the Host header gives it away.
 */

/** The names of a listener, lower case and without ports. */
export interface HostRules {
  /** Names and addresses of this machine, and those that were allowed by hand. */
  readonly isOwn: (name: string) => boolean;
  /** Names of the service that an intercepting listener answers for. */
  readonly answersFor?: ((name: string) => boolean) | undefined;
}

/** Whose name a request used. */
export type HostKind = 'machine' | 'service';

/** The name in `host:port`, lower case, without brackets; undefined when it is not a host. */
export function hostName(authority: string): string | undefined {
  const [, bracketed, name] = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9_][A-Za-z0-9_.-]*))(?::\d{1,5})?$/.exec(
    authority,
  ) ?? [undefined];
  return (bracketed ?? name)?.toLowerCase();
}

/** `localhost`, names below it, 127.0.0.0/8 and ::1, without brackets. */
export function isLoopbackName(name: string): boolean {
  return name === '::1' || /^(?:[\w-]+\.)*localhost$/.test(name) || isLoopbackAddress(name);
}

function isLoopbackAddress(name: string): boolean {
  const parts = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(name)?.slice(1);
  return parts?.every((part) => Number(part) <= 255) === true;
}

/** Whose name `authority` (the value of a Host header) is; undefined: a name that the server does not answer to. */
export function hostKind(authority: string, rules: HostRules): HostKind | undefined {
  const name = hostName(authority);
  if (name === undefined) return undefined;
  if (isLoopbackName(name) || rules.isOwn(name)) return 'machine';
  return rules.answersFor?.(name) === true ? 'service' : undefined;
}

/** The names of a listener on `host`. */
export function hostRules(options: {
  /** What it was asked to listen on. */
  readonly host: string;
  readonly allowHosts?: readonly string[] | undefined;
  /** Addresses and name of this machine, read when a name is not known otherwise: interfaces come and go. */
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
