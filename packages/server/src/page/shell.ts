/** The documents of the server's own pages at `/` and `/_page/developer`: a frame that their scripts fill. */
import { type Html, html } from './html.ts';

export interface Shell {
  readonly title: string;
  readonly heading: string;
  /** Name of the script and class of the body. */
  readonly name: 'files' | 'developer';
  /** A link to the other page. */
  readonly other: { readonly href: string; readonly text: string };
  /** Buttons of the header. */
  readonly buttons: Html;
}

/** The file manager. */
export const filesShell: Shell = {
  title: 'Embedded OneDrive',
  heading: 'Embedded OneDrive',
  name: 'files',
  other: { href: '/_page/developer', text: 'Developer tools' },
  buttons: html`<button id="keys" class="round" type="button" aria-label="Keyboard" title="Keyboard"></button>`,
};

/** The developer tools. */
export const developerShell: Shell = {
  title: 'Developer tools - embedded OneDrive',
  heading: 'Developer tools',
  name: 'developer',
  other: { href: '/', text: 'Files' },
  buttons: html``,
};

/** The document of a page; `origin` is the server's address as the browser sees it. */
export function shellMarkup({ title, heading, name, other, buttons }: Shell, origin: string): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_page/app.css">
<script type="module" src="/_page/${name}.js"></script>
</head>
<body class="${name}">
<header class="top">
<h1>${heading}</h1>
<a href="${other.href}">${other.text}</a>
${buttons}
<button id="theme" class="round" type="button" aria-label="Theme"></button>
<div id="account"></div>
</header>
<main id="content">
<noscript><p>This page needs scripts. Use <code>${origin}/v1.0</code> in place of <code>https://graph.microsoft.com/v1.0</code>; the control API is at <code>${origin}/_control</code>.</p></noscript>
</main>
<div id="toasts" role="status" aria-live="polite"></div>
</body>
</html>
`;
}
