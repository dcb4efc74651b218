/**
 * The script of the page at `/`: one module, no framework. It is an ordinary client: it signs in with an authorization
 * code and PKCE (RFC 7636), calls Graph for files and the control API for everything else. Data from the server is
 * inserted into the page only as text, never as markup.
 */
import { developerScript } from './developer-script.ts';
import { filesScript } from './files-script.ts';
import { sessionScript } from './session-script.ts';

const kitScript = `
const byId = (id) => document.getElementById(id);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const showStatus = (text, bad = false) => {
  byId('status').textContent = text;
  byId('status').classList.toggle('bad', bad);
};
/** An event listener that runs an action and shows the message of its error. */
const act = (work) => async (event) => {
  try { await work(event); } catch (error) { showStatus(error.message, true); }
};
const on = (id, work) => byId(id).addEventListener('click', act(work));
const failure = async (response) => {
  const body = await response.json().catch(() => ({}));
  const { error } = body;
  return new Error(body.error_description ?? error?.message ?? 'The server responded with status ' + response.status + '.');
};
const sizeText = (bytes) => {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let index = 0;
  for (; bytes >= 1024 && index < units.length - 1; index++) bytes /= 1024;
  return (index === 0 ? bytes : bytes.toFixed(1)) + ' ' + units[index];
};
const timeText = (iso) => new Date(iso).toLocaleString();
const control = async (path, method = 'GET', body) => {
  const response = await fetch('/_control/' + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!response.ok) throw await failure(response);
  return response;
};
`;

/** The whole module. */
export const appScript = [kitScript, sessionScript, filesScript, developerScript].join('\n');
