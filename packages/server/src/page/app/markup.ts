/** The markup of the page at `/`. All parts are present from the start, so that the page reads in order without a script. */
import { type Html, html } from '../html.ts';

/** The page; `origin` is the server's address as the browser sees it. */
export function appMarkup(origin: string): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Embedded OneDrive</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_page/app.css">
<script type="module" src="/_page/app.js"></script>
</head>
<body>
<a class="skip" href="#files">Skip to files</a>
<header><h1>Embedded OneDrive</h1><p id="who"></p><button id="sign" type="button" class="main">Sign in</button></header>
<p id="status" role="status" aria-live="polite"></p>
<main>
<section id="files" aria-labelledby="files-title" tabindex="-1">
<h2 id="files-title">Files</h2>
<p id="signed-out">Sign in to see the files of an account of this server.</p>
<div id="drive" hidden>
<nav aria-label="Folder"><ol id="crumbs"></ol></nav>
<div class="row">
<button id="new-folder" type="button">New folder</button>
<label class="button" for="choose">Upload files</label><input id="choose" type="file" multiple>
<button id="bin" type="button" aria-pressed="false">Recycle bin</button>
</div>
<div id="drop"><p class="quiet">Drop files here to upload them.</p>
<div class="scroll"><table><caption id="caption" class="quiet"></caption>
<thead><tr><th scope="col">Name</th><th scope="col">Size</th><th scope="col">Changed</th><th scope="col">Actions</th></tr></thead>
<tbody id="items"></tbody></table></div>
<button id="more" type="button" hidden>Show more</button></div>
</div>
</section>
${developerMarkup()}
${guideMarkup(origin)}
</main>
<dialog id="dialog" aria-labelledby="dialog-title"><h2 id="dialog-title"></h2><div id="dialog-body"></div><form method="dialog"><button class="main">Close</button></form></dialog>
<dialog id="ask" aria-labelledby="ask-title"><form id="ask-form"><h2 id="ask-title"></h2><label for="ask-value">Name</label><input id="ask-value" required autocomplete="off"><div class="row"><button class="main" value="ok">OK</button><button type="button" id="ask-cancel">Cancel</button></div></form></dialog>
</body>
</html>
`;
}

function developerMarkup(): Html {
  return html`<section aria-labelledby="dev-title">
<h2 id="dev-title">For developers</h2>
<h3>Clock</h3>
<p><time id="time"></time> <span id="clock-state"></span></p>
<div class="row"><button id="clock-toggle" type="button">Stop the clock</button><button data-advance="60000" type="button">+1 minute</button><button data-advance="3600000" type="button">+1 hour</button><button data-advance="86400000" type="button">+1 day</button></div>
<h3>Faults</h3>
<div class="row" role="group" aria-label="Predefined faults"><button data-fault="throttle" type="button">Throttle the next 3 requests</button><button data-fault="reset" type="button">Break the next connection</button><button data-fault="delay" type="button">Delay requests by 1 s</button><button data-fault="flaky" type="button">Fail one request in ten</button><button id="faults-off" type="button">No faults</button></div>
<label for="plan">Fault plan (JSON)</label>
<textarea id="plan" rows="6" spellcheck="false"></textarea>
<div class="row"><button id="plan-set" type="button">Apply this plan</button></div>
<h3>Counters</h3>
<dl id="counters"></dl>
<h3>Requests</h3>
<div class="row"><button id="log-pause" type="button" aria-pressed="false">Pause</button><button id="log-clear" type="button">Clear</button><a class="button" href="/_control/requests.har" download="requests.har">Save as HAR</a><button id="reset" type="button">Reset the server</button></div>
<div class="scroll log" tabindex="0" role="region" aria-label="Request log"><table><thead><tr><th scope="col">Time</th><th scope="col">Request</th><th scope="col">Status</th><th scope="col">ms</th><th scope="col">Units</th><th scope="col">Faults</th></tr></thead><tbody id="log"></tbody></table></div>
</section>`;
}

function guideMarkup(origin: string): Html {
  return html`<section aria-labelledby="guide-title">
<h2 id="guide-title">Point a client here</h2>
<dl>
<dt>API</dt><dd><code>${origin}/v1.0</code> in place of <code>https://graph.microsoft.com/v1.0</code></dd>
<dt>Sign-in</dt><dd><code>${origin}/common/oauth2/v2.0/authorize</code> and <code>…/token</code> in place of those at <code>https://login.microsoftonline.com</code></dd>
<dt>Discovery</dt><dd><a href="/common/v2.0/.well-known/openid-configuration">openid-configuration</a></dd>
<dt>Client id and redirect URI</dt><dd>Any client id works. Redirects go to <code>http://localhost</code> or <code>http://127.0.0.1</code> with any port and path, or to the <code>nativeclient</code> address.</dd>
</dl>
<p>If a program on a device without a browser shows a code, <a href="/devicelogin">enter the code here</a>. No Microsoft account is involved.</p>
</section>`;
}
