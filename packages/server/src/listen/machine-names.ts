/** The name and the addresses of this machine, as they are now. */
import { hostname, networkInterfaces } from 'node:os';

/** Everything by which other machines may call this one. */
export function machineNames(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all = []) =>
    all.map(({ address }) => address),
  );
  return [hostname(), `${hostname()}.local`, ...addresses];
}
