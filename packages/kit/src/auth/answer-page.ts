/**
 * The page that ends a sign-in in the browser: no script, no external resources, nothing that leaks the
 * address with the code.
 */

export interface AnswerPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Renders a page of one heading and one sentence. Both are texts of this program and need no escaping. */
export function answerPage(title: string, text: string): AnswerPage {
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} - onedrive-cli</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;margin:20vh auto;max-width:32rem;padding:0 1rem;color-scheme:light dark}</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`,
  };
}
