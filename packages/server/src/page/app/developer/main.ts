/** The page at `/_page/developer`: the request log, faults, clock, quirks and state of this server. */
import { attempt } from '../kit/button.ts';
import { byId, fill, make } from '../kit/dom.ts';
import { messageOf } from '../kit/text.ts';
import { followTheme } from '../kit/theme.ts';
import { toast } from '../kit/toast.ts';
import { clockSection } from './clock.ts';
import { connectSection } from './connect.ts';
import { counters } from './counters.ts';
import { faultsSection } from './faults.ts';
import { quirksSection } from './quirks.ts';
import { requestLog } from './request-log.ts';
import { snapshotsSection } from './snapshots.ts';

const interval = 1000;

const log = requestLog();
const clock = clockSection();
const counted = counters();
const faults = faultsSection();
const quirks = quirksSection();
const snapshots = snapshotsSection();

/** The parts of the page, each at an address of its own. */
const parts: readonly {
  readonly id: string;
  readonly title: string;
  readonly content: readonly HTMLElement[];
}[] = [
  { id: 'requests', title: 'Requests', content: [counted.list, log.section] },
  { id: 'faults', title: 'Faults', content: [faults.section] },
  { id: 'time', title: 'Clock and quirks', content: [clock.section, quirks.section] },
  { id: 'state', title: 'State', content: [snapshots.section] },
  { id: 'connect', title: 'Connect', content: [connectSection()] },
];

const links = parts.map(({ id, title }) => make('a', { href: `#${id}` }, title));
const body = make('div', { class: 'part' });

function showPart(): void {
  const index = Math.max(
    0,
    parts.findIndex(({ id }) => `#${id}` === location.hash),
  );
  fill(body, ...(parts[index]?.content ?? []));
  links.forEach((link, at) => {
    if (at === index) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  });
}

/** Asks for news each second while the page is visible. Tells once when the server does not respond. */
async function watch(reachable = true): Promise<void> {
  let works = true;
  if (!document.hidden)
    try {
      await Promise.all([log.poll(), clock.poll(), counted.poll()]);
    } catch (error) {
      works = false;
      if (reachable) toast(`The server does not respond: ${messageOf(error)}`, { bad: true });
    }
  setTimeout(() => void watch(works), interval);
}

followTheme(byId('theme'));
fill(byId('content'), make('nav', { class: 'parts', 'aria-label': 'Developer tools' }, ...links), body);
addEventListener('hashchange', showPart);
showPart();
await attempt(() => Promise.all([faults.show(), quirks.show(), snapshots.show()]));
void watch();
