/** The current host name and addresses of this machine. */
import { hostname, networkInterfaces } from 'node:os';

/** All names and addresses by which other machines can reach this one. */
export function machineNames(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all = []) =>
    all.map(({ address }) => address),
  );
  return [hostname(), `${hostname()}.local`, ...addresses];
}
