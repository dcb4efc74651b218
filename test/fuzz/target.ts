/**
 * Whom hostile requests are sent to, and the rule for all of them: an answer below 500 (or 501, "not served"; 503 and
 * 507 are documented), and contains nothing of another account.
 */
import { createOneDrive, type EmbeddedOneDrive } from '../../packages/server/src/index.ts';

/** What stands in the other account's drive; it must never be in an answer. */
export const secret = 'the-secret-of-the-other-account';

/** A server with two accounts, and what a hostile client has learned. */
export interface Target {
  readonly onedrive: EmbeddedOneDrive;
  /** A token of the attacker. */
  readonly token: string;
  /** Real ids, tickets and URLs to bend. */
  readonly known: readonly string[];
}

/** Starts one in memory. */
export async function startTarget(): Promise<Target> {
  const onedrive = await createOneDrive({
    accounts: [
      {
        userPrincipalName: 'mallory@contoso.com',
        kind: 'business',
        drive: { total: 1e9, files: { 'own.txt': 'own', a: { folder: { 'b.txt': 'b' } } } },
      },
      {
        userPrincipalName: 'victim@contoso.com',
        kind: 'business',
        drive: { files: { 'secret.txt': secret } },
      },
    ],
    settings: { simpleUploadLimit: 1_000_000 },
  });
  const ask = async (account: string, path: string, init: RequestInit = {}) => {
    const headers = {
      authorization: `Bearer ${onedrive.token({ account })}`,
      'content-type': 'application/json',
    };
    const answer = await onedrive.fetch(new Request(`http://h/v1.0${path}`, { ...init, headers }));
    return (await answer.json()) as Record<string, unknown>;
  };
  const known: string[] = [];
  for (const [account, name] of [
    ['mallory@contoso.com', 'own.txt'],
    ['victim@contoso.com', 'secret.txt'],
  ] as const) {
    const drive = await ask(account, '/me/drive');
    const item = await ask(account, `/me/drive/root:/${name}`);
    const session = await ask(account, '/me/drive/root:/up.bin:/createUploadSession', {
      method: 'POST',
      body: '{}',
    });
    known.push(
      `/v1.0/drives/${String(drive['id'])}`,
      `/v1.0/drives/${String(drive['id'])}/items/${String(item['id'])}`,
    );
    // The ticket of another user's file is a secret that the attacker does not have: only its format is mutated.
    const ticket = new URL(String(item['@microsoft.graph.downloadUrl'])).pathname;
    const upload = new URL(String(session['uploadUrl'])).pathname;
    known.push(account.startsWith('victim') ? `${ticket.slice(0, -6)}AAAAAA` : ticket);
    known.push(account.startsWith('victim') ? `${upload.slice(0, -6)}AAAAAA` : upload);
  }
  return { onedrive, token: onedrive.token({ account: 'mallory@contoso.com' }), known };
}

/** Why an answer is wrong; undefined when it is not. */
export function complaint(status: number, text: string): string | undefined {
  if (status >= 500 && ![501, 503, 507].includes(status)) return `answered ${status}: ${text.slice(0, 300)}`;
  if (text.includes(secret)) return "showed another account's content";
  return undefined;
}
