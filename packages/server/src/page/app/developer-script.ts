/** The developer section of the page: clock, faults, counters and the live request log, through the control API. */

export const developerScript = `
const predefinedFaults = {
  throttle: { times: 3, fault: { kind: 'status', status: 429, retryAfter: 2 } },
  reset: { times: 1, fault: { kind: 'reset' } },
  delay: { fault: { kind: 'delay', ms: 1000 } },
  flaky: { chance: 0.1, fault: { kind: 'status', status: 503 } },
};
const showPlan = async () => {
  const { struck, ...plan } = await (await control('faults')).json();
  byId('plan').value = JSON.stringify(plan, null, 2);
};
const setPlan = async (plan) => {
  await control('faults', 'PUT', plan);
  await showPlan();
  showStatus(plan.rules.length === 0 ? 'No faults.' : 'The fault plan is active.');
};
for (const button of document.querySelectorAll('[data-fault]')) {
  button.addEventListener('click', act(() =>
    setPlan({ rules: [{ match: { path: '/v1.0/*' }, ...predefinedFaults[button.dataset.fault] }] })));
}
on('faults-off', () => setPlan({ rules: [] }));
on('plan-set', () => setPlan(JSON.parse(byId('plan').value)));

const showClock = ({ time, stopped }) => {
  byId('time').dateTime = time;
  byId('time').textContent = timeText(time);
  byId('clock-state').textContent = stopped ? '(stopped)' : '';
  byId('clock-toggle').textContent = stopped ? 'Start the clock' : 'Stop the clock';
  byId('clock-toggle').dataset.stopped = stopped;
};
const moveClock = async (body) => showClock(await (await control('clock', 'POST', body)).json());
on('clock-toggle', () => moveClock(byId('clock-toggle').dataset.stopped === 'true' ? { start: true } : { stop: true }));
for (const step of document.querySelectorAll('[data-advance]')) {
  step.addEventListener('click', act(() => moveClock({ advance: Number(step.dataset.advance) })));
}

let lastId = 0;
let paused = false;
const maxLogRows = 200;
const logRow = (entry) => {
  const { pathname, search } = new URL(entry.url);
  return make('tr', {}, ...[
    new Date(entry.time).toLocaleTimeString(), entry.method + ' ' + pathname + search,
    entry.status ?? 'broken', entry.ms, entry.units, entry.faults.join(', '),
  ].map((text) => make('td', { textContent: text })));
};
const counterText = (counts) => Object.entries(counts).map(([name, count]) => name + ': ' + count).join(', ');
const poll = async () => {
  const [log, counters, clock] = await Promise.all([control('requests?after=' + lastId), control('counters'), control('clock')]);
  const entries = (await log.text()).split('\\n').filter(Boolean).map((line) => JSON.parse(line));
  lastId = entries.at(-1)?.id ?? lastId;
  byId('log').prepend(...entries.slice(-maxLogRows).reverse().map(logRow));
  while (byId('log').rows.length > maxLogRows) byId('log').lastElementChild.remove();
  const { requests, units, faults, methods, statuses } = await counters.json();
  const shown = { Requests: requests, 'Resource units': units, Faults: faults, Methods: counterText(methods), Statuses: counterText(statuses) };
  byId('counters').replaceChildren(...Object.entries(shown).map(([name, value]) =>
    make('div', {}, make('dt', { textContent: name }), make('dd', { textContent: value }))));
  showClock(await clock.json());
};
const watch = async () => {
  if (!paused && !document.hidden) await poll().catch((error) => showStatus('The control API failed: ' + error.message, true));
  setTimeout(watch, 1000);
};
on('log-pause', () => {
  paused = !paused;
  byId('log-pause').setAttribute('aria-pressed', String(paused));
});
on('log-clear', async () => {
  await control('requests', 'DELETE');
  byId('log').replaceChildren();
  await poll();
});
on('reset', async () => {
  const { storage } = await (await control('health')).json();
  const diskWarning = storage === 'disk' ? ' The files are stored in a folder on disk, and are permanently deleted from it.' : '';
  const question = 'Reset the server? This deletes every file of every drive, with versions, recycle bins, sharing links, snapshots and sign-ins, and loads the seed again.';
  if (!confirm(question + diskWarning)) return;
  await control('reset', 'POST', { files: true });
  session.grant = null;
  showSession();
  showStatus('The server was reset.');
});
await act(showPlan)();
void watch();
`;
