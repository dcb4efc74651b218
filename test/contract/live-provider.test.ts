import { embeddedLive } from '../embedded/embedded-live.ts';
import { describeProvider } from './drive-provider.ts';

describeProvider('Live v5.0', async () => {
  const { provider, world, server } = await embeddedLive({ live: { bitsFrom: 2_000_000 } });
  return { provider, world, close: () => server.close() };
});
