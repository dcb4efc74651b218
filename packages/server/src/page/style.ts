/** The style sheet of the server's own pages: system fonts, light and dark, large targets, no external resources. */

export const style = `
:root { color-scheme: light dark; --ink: #1b1a19; --paper: #fff; --ground: #f3f2f1; --line: #8a8886; --accent: #0f5ca8; --on-accent: #fff; --bad: #a4262c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f3f2f1; --paper: #252423; --ground: #1b1a19; --line: #979593; --accent: #8cc4f8; --on-accent: #10253a; --bad: #f1a5a9; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; min-height: 100vh; display: grid; grid-template-columns: minmax(0, 1fr); place-items: center; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: min(28rem, 100%); padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; }
main.wide { width: min(46rem, 100%); }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.125rem; }
p, ul, dl { margin: 0 0 1rem; }
a { color: var(--accent); }
code, pre { font: .9375em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { padding: .75rem; background: var(--ground); border-radius: .25rem; overflow-x: auto; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; }
label { display: block; margin: 0 0 .25rem; font-weight: 600; }
input { width: 100%; margin: 0 0 1rem; padding: .625rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .25rem; }
button { min-height: 2.75rem; padding: .5rem 1.25rem; font: inherit; font-weight: 600; color: var(--accent); background: transparent; border: 1px solid var(--accent); border-radius: .25rem; cursor: pointer; }
button.main { color: var(--on-accent); background: var(--accent); }
button.account { display: block; width: 100%; margin: 0 0 .5rem; text-align: start; }
button.account small { display: block; font-weight: 400; color: var(--ink); }
form + form, form + p { margin-top: 1.25rem; }
main > :last-child { margin-bottom: 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; }
.bad { color: var(--bad); font-weight: 600; }
.quiet { font-size: .875rem; }
.entries { padding: 0; list-style: none; border-top: 1px solid var(--line); }
.entries li { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; padding: .625rem .25rem; border-bottom: 1px solid var(--line); }
.entries a { overflow-wrap: anywhere; min-width: 0; }
.entries .folder a { font-weight: 600; }
.entries small { flex: none; font-size: .8125rem; }
`;

/** SHA-256 of the style sheet, in the syntax of a content security policy; a test recomputes it. */
export const styleHash = "'sha256-Z0xeuLtphh4mLg1UPT03MYcUmQVdDFSoH36UM+M2maQ='";
