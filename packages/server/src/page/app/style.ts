/** The style sheet of the page at `/`: system fonts, light and dark, large targets, no external resources. */

export const appStyle = `
:root { color-scheme: light dark; --ink: #1b1a19; --paper: #fff; --ground: #f3f2f1; --line: #8a8886; --accent: #0f5ca8; --on-accent: #fff; --bad: #a4262c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f3f2f1; --paper: #252423; --ground: #1b1a19; --line: #979593; --accent: #8cc4f8; --on-accent: #10253a; --bad: #f1a5a9; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; }
header h1 { margin: 0 auto 0 0; font-size: 1.5rem; }
header p { margin: 0; }
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; max-width: 75rem; margin: 0 auto; }
header, #status { max-width: 75rem; margin-inline: auto; }
section { padding: 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; }
h2 { margin: 0 0 .5rem; font-size: 1.25rem; }
h3 { margin: 1rem 0 .25rem; font-size: 1rem; }
#status { min-height: 1.5em; margin-block: .5rem; }
#status.bad, .bad { color: var(--bad); font-weight: 600; }
a { color: var(--accent); }
code, textarea, .log { font: .9375em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0; }
button, .button { display: inline-block; min-height: 2.5rem; padding: .35rem .9rem; font: inherit; font-weight: 600; color: var(--accent); background: transparent; border: 1px solid var(--accent); border-radius: .25rem; cursor: pointer; text-decoration: none; }
button.main, button[aria-pressed=true] { color: var(--on-accent); background: var(--accent); }
button:disabled { opacity: .6; cursor: default; }
label { display: block; font-weight: 600; }
label.button { margin: 0; }
input[type=file] { position: absolute; width: 1px; height: 1px; opacity: 0; }
input[type=file]:focus-visible { outline: none; }
.row:has(input[type=file]:focus-visible) label.button, :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
input:not([type=file]), textarea { width: 100%; padding: .5rem; font-size: 1rem; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .25rem; }
#crumbs { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; list-style: none; }
#crumbs li + li::before { content: "/"; margin-inline-end: .25rem; }
#crumbs button, td button.name { min-height: 0; padding: 0; border: 0; text-align: start; overflow-wrap: anywhere; }
#drop { padding: .5rem; border: 2px dashed transparent; border-radius: .5rem; }
#drop.over { border-color: var(--accent); }
.scroll { overflow-x: auto; }
.log { max-height: 24rem; overflow-y: auto; border: 1px solid var(--line); border-radius: .25rem; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: start; }
th, td { padding: .25rem .5rem; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
td:nth-child(2), td:nth-child(3) { white-space: nowrap; }
.log td { white-space: normal; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; }
#counters { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }
.quiet { margin: 0; font-size: .875rem; }
dialog { width: min(36rem, 100%); color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; }
dialog::backdrop { background: #0008; }
.skip { position: absolute; inset-inline-start: -99rem; }
.skip:focus { position: static; }
@media (max-width: 40rem) { #items td:nth-child(3), #files th:nth-child(3) { display: none; } }
`;
