/** Files on the page: browse, upload, download, share, versions, recycle bin. */

export const filesScript = `
let trail = [];
let inBin = false;
let driveId = '';
const here = () => trail.at(-1);
const drive = (path) => '/drives/' + driveId + path;
const button = (text, label, work) => {
  const element = make('button', { type: 'button', textContent: text });
  element.setAttribute('aria-label', text + ' ' + label);
  element.addEventListener('click', act(work));
  return element;
};

const row = (item) => {
  const name = item.folder
    ? Object.assign(button(item.name, '', () => open([...trail, { id: item.id, name: item.name }])), { className: 'name' })
    : make('span', { textContent: item.name });
  if (item.folder) name.setAttribute('aria-label', 'Open ' + item.name);
  const actions = make('div', { className: 'row' });
  if (item.file) {
    const link = make('a', { className: 'button', textContent: 'Download', href: item['@microsoft.graph.downloadUrl'] ?? '#', download: item.name });
    link.setAttribute('aria-label', 'Download ' + item.name);
    actions.append(link, button('Versions', item.name, () => showVersions(item)));
  }
  actions.append(button('Share', item.name, () => share(item)), button('Delete', item.name, () => remove(item)));
  const size = item.folder ? item.folder.childCount + ' items' : sizeText(item.size);
  return make('tr', {}, make('td', {}, name), make('td', {}, size), make('td', {}, timeText(item.lastModifiedDateTime)), make('td', {}, actions));
};

const showCrumbs = () => {
  byId('crumbs').replaceChildren(...trail.map((folder, index) => {
    const crumb = button(folder.name, '', () => open(trail.slice(0, index + 1)));
    crumb.removeAttribute('aria-label');
    if (index === trail.length - 1) crumb.setAttribute('aria-current', 'page');
    return make('li', {}, crumb);
  }));
};

const addPage = async (url) => {
  const page = await graph(url);
  byId('items').append(...page.value.map(row));
  const next = page['@odata.nextLink'];
  byId('more').hidden = next === undefined;
  byId('more').dataset.next = next ?? '';
  byId('caption').textContent = byId('items').rows.length + (next ? ' items so far' : ' items in ' + here().name);
};

const open = async (folders) => {
  trail = folders;
  inBin = false;
  byId('bin').setAttribute('aria-pressed', 'false');
  showCrumbs();
  byId('items').replaceChildren();
  await addPage(drive('/items/' + encodeURIComponent(here().id) + '/children?$top=200'));
};
const refresh = () => (inBin ? showBin() : open(trail));
on('more', () => addPage(byId('more').dataset.next));

const showBin = async () => {
  const { value } = await (await control('recycle-bin?drive=' + encodeURIComponent(driveId))).json();
  inBin = true;
  byId('bin').setAttribute('aria-pressed', 'true');
  byId('more').hidden = true;
  byId('caption').textContent = value.length + ' items in the recycle bin';
  byId('items').replaceChildren(...value.map((item) => make('tr', {},
    make('td', {}, item.name), make('td', {}, sizeText(item.size)), make('td', {}, timeText(item.deleted)),
    make('td', {}, make('div', { className: 'row' },
      button('Restore', item.name, async () => { await send(drive('/items/' + encodeURIComponent(item.id) + '/restore'), 'POST', {}); showStatus('Restored ' + item.name + '.'); await showBin(); }))))));
};
on('bin', () => (inBin ? open(trail) : showBin()));

const remove = async (item) => {
  await graph(drive('/items/' + encodeURIComponent(item.id)), { method: 'DELETE' });
  showStatus('Moved ' + item.name + ' to the recycle bin.');
  await refresh();
};

const showDialog = (title, ...content) => {
  byId('dialog-title').textContent = title;
  byId('dialog-body').replaceChildren(...content);
  if (!byId('dialog').open) byId('dialog').showModal();
};

const share = async (item) => {
  const { link } = await send(drive('/items/' + encodeURIComponent(item.id) + '/createLink'), 'POST', { type: 'view', scope: 'anonymous' });
  const field = make('input', { value: link.webUrl, readOnly: true, id: 'share-link' });
  const label = make('label', { textContent: 'Anyone with this link can view this item', htmlFor: 'share-link' });
  showDialog('Share ' + item.name, label, field);
  field.select();
};

const showVersions = async (item) => {
  const path = drive('/items/' + encodeURIComponent(item.id) + '/versions');
  const { value } = await graph(path);
  const restore = async (version) => {
    await send(path + '/' + encodeURIComponent(version.id) + '/restoreVersion', 'POST');
    byId('dialog').close();
    showStatus('Restored ' + item.name + ' to version ' + version.id + '.');
    await refresh();
  };
  showDialog('Versions of ' + item.name, make('ul', {}, ...value.map((version, index) => make('li', {},
    version.id + ': ' + sizeText(version.size) + ', ' + timeText(version.lastModifiedDateTime) + ' ',
    ...(index === 0 ? ['(current)'] : [button('Restore', 'version ' + version.id, () => restore(version))])))));
};

const promptName = (title) => new Promise((resolve) => {
  byId('ask-title').textContent = title;
  byId('ask-value').value = '';
  byId('ask').showModal();
  const end = (value) => { byId('ask').close(); resolve(value); };
  byId('ask-form').onsubmit = (event) => { event.preventDefault(); end(byId('ask-value').value); };
  byId('ask-cancel').onclick = () => end(undefined);
  byId('ask').oncancel = () => resolve(undefined);
});
on('new-folder', async () => {
  const name = await promptName('New folder');
  if (!name) return;
  await send(drive('/items/' + encodeURIComponent(here().id) + '/children'), 'POST', { name, folder: {}, '@microsoft.graph.conflictBehavior': 'fail' });
  showStatus('Created the folder ' + name + '.');
  await open(trail);
});

const fragment = 320 * 1024 * 16;
const upload = async (file) => {
  const target = drive('/items/' + encodeURIComponent(here().id) + ':/' + encodeURIComponent(file.name) + ':');
  if (file.size <= 4 * 1024 * 1024) return graph(target + '/content', { method: 'PUT', body: file });
  const { uploadUrl } = await send(target + '/createUploadSession', 'POST', { item: { '@microsoft.graph.conflictBehavior': 'replace' } });
  for (let from = 0; from < file.size; from += fragment) {
    const part = file.slice(from, from + fragment);
    const range = 'bytes ' + from + '-' + (from + part.size - 1) + '/' + file.size;
    const response = await fetch(uploadUrl, { method: 'PUT', headers: { 'Content-Range': range }, body: part });
    if (!response.ok) throw await failure(response);
    showStatus(file.name + ': ' + Math.floor((100 * (from + part.size)) / file.size) + ' %');
  }
};
const uploadAll = async (files) => {
  for (const file of files) { showStatus('Uploading ' + file.name + '.'); await upload(file); }
  await open(trail);
  showStatus('Uploaded ' + files.length + (files.length === 1 ? ' file.' : ' files.'));
};
byId('choose').addEventListener('change', act(async ({ target }) => { const files = [...target.files]; target.value = ''; await uploadAll(files); }));
const drop = byId('drop');
drop.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
drop.addEventListener('dragleave', () => drop.classList.remove('over'));
drop.addEventListener('drop', act(async (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  await uploadAll([...event.dataTransfer.files]);
}));

await act(async () => {
  await finishSignIn();
  showSession();
  if (session.grant === null) return;
  const [user, defaultDrive] = await Promise.all([graph('/me'), graph('/me/drive')]);
  byId('who').textContent = user.displayName + ', ' + defaultDrive.driveType;
  driveId = defaultDrive.id;
  const root = await graph('/me/drive/root');
  await open([{ id: root.id, name: 'Files' }]);
})();
`;
