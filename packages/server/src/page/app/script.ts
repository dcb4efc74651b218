/**
 * The script of the page at `/`: one module, no framework. It is a client like any other: it signs in with a code and
 * PKCE (RFC 7636), speaks Graph for files, and the control API for the rest. What comes from the server is only ever
 * put into the page as text.
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
const say = (text, bad = false) => {
  byId('status').textContent = text;
  byId('status').classList.toggle('bad', bad);
};
/** Runs what a button does, and says what went wrong with it. */
const act = (work) => async (event) => {
  try { await work(event); } catch (error) { say(error.message, true); }
};
const on = (id, work) => byId(id).addEventListener('click', act(work));
const failure = async (answer) => {
  const body = await answer.json().catch(() => ({}));
  const { error } = body;
  return new Error(body.error_description ?? error?.message ?? 'The server answered ' + answer.status + '.');
};
const sizeText = (bytes) => {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let at = 0;
  for (; bytes >= 1024 && at < units.length - 1; at++) bytes /= 1024;
  return (at === 0 ? bytes : bytes.toFixed(1)) + ' ' + units[at];
};
const timeText = (iso) => new Date(iso).toLocaleString();
const control = async (path, method = 'GET', body) => {
  const answer = await fetch('/_control/' + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!answer.ok) throw await failure(answer);
  return answer;
};
`;

/** The whole module. */
export const appScript = [kitScript, sessionScript, filesScript, developerScript].join('\n');
