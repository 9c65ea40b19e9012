// How an incident's page looks: light and dark by the reader's wish, and on paper.

export const reportStyle = `
:root { color-scheme: light dark; --paper: #f5f6f9; --card: #fff; --ink: #161b26; --soft: #4a5468; --faint: #667085; --line: #dfe3ea; --ground: #f3f5f9;
  --blue: #2456c4; --violet: #6b46c9; --red: #c62f3a; --red-wash: #c62f3a1c; --green: #14794b; --amber: #96600a; --mark: #6b46c9; }
@media (prefers-color-scheme: dark) { :root { --paper: #0b0e14; --card: #141924; --ink: #e8ebf2; --soft: #b4bdcd; --faint: #8b96aa; --line: #272f3d; --ground: #0f131c;
  --blue: #8ab4ff; --violet: #b9a8ff; --red: #ff8a8e; --red-wash: #ff8a8e22; --green: #5fd3a0; --amber: #f3bb6b; --mark: #b9a8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 3rem; }
h1 { font-size: clamp(1.5rem, 1.1rem + 1.8vw, 2.2rem); line-height: 1.2; letter-spacing: -.015em; margin: .6rem 0 .4rem; text-wrap: balance; }
h2 { font-size: 1.15rem; letter-spacing: -.005em; margin: 2.4rem 0 .8rem; }
h3 { font-size: .8rem; font-weight: 600; color: var(--faint); margin: 1.1rem 0 .3rem; }
p { margin: 0 0 .5rem; }
.lead { color: var(--soft); }
.chip { display: inline-block; padding: .15rem .65rem; border-radius: 99px; background: var(--red-wash); color: var(--red); font-size: .85rem; font-weight: 600; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: 1.3rem 1.5rem; }
.verdict { margin-top: 1.4rem; }
.verdict h2 { font-size: 1.45rem; line-height: 1.25; margin: 0; }
.sure { display: flex; align-items: center; gap: .8rem; color: var(--soft); margin: .55rem 0 .3rem; }
.bar { flex: 0 1 11rem; height: .5rem; border-radius: 99px; background: var(--line); overflow: hidden; }
.bar i { display: block; height: 100%; border-radius: 99px; background: var(--blue); }
ul { list-style: none; margin: 0; padding: 0; }
li { position: relative; padding-left: 1.5rem; margin: .25rem 0; }
li::before { position: absolute; left: 0; font-weight: 700; }
.for li::before { content: "+"; color: var(--green); }
.against li::before { content: "−"; color: var(--amber); }
details { border-top: 1px solid var(--line); padding: .7rem 0; }
details:first-of-type { margin-top: 1.1rem; }
summary { cursor: pointer; display: flex; gap: 1rem; font-weight: 600; }
summary::before { content: "▸"; color: var(--faint); margin-right: -.4rem; } details[open] summary::before { content: "▾"; }
summary span { margin-left: auto; color: var(--faint); font-weight: 400; white-space: nowrap; }
.steps { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .8rem; margin: 0; }
.steps div { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: .8rem 1rem; }
.steps dt { color: var(--faint); font-size: .85rem; }
.steps dd { margin: .1rem 0 0; font-size: 1.4rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.steps .none { color: var(--faint); font-weight: 400; }
.graphs { overflow-x: auto; padding: 1rem 1.2rem 1.2rem; }
.graphs svg { display: block; width: 100%; min-width: 44rem; height: auto; }
figure { margin: .7rem 0 0; min-width: 44rem; break-inside: avoid; }
figcaption { display: flex; justify-content: space-between; gap: 1rem; font-size: .87rem; font-weight: 600; }
figcaption .note { color: var(--faint); font-weight: 400; font-variant-numeric: tabular-nums; }
.tick { fill: var(--faint); font-size: 11.5px; font-variant-numeric: tabular-nums; }
.ground { fill: var(--ground); } .trouble { fill: var(--red-wash); }
.grid { stroke: var(--line); stroke-width: 1; }
.line { fill: none; stroke: var(--blue); stroke-width: 1.3; stroke-linejoin: round; stroke-linecap: round; }
.lost { fill: none; stroke: var(--red); stroke-width: 1.6; }
.figure { fill: none; stroke: var(--violet); stroke-width: 1.5; stroke-linejoin: round; } .area { fill: var(--violet); opacity: .14; }
.mark { stroke: var(--mark); stroke-width: 1; stroke-dasharray: 3 3; opacity: .75; }
.flag circle { fill: var(--mark); } .flag text { fill: var(--card); font-size: 11.5px; font-weight: 700; }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; color: var(--faint); font-size: .85rem; margin: 0 0 .6rem; }
.key b { display: inline-block; width: .9rem; height: .6rem; margin-right: .45rem; border-radius: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
td, th { text-align: left; vertical-align: top; padding: .38rem .9rem .38rem 0; border-top: 1px solid var(--line); }
thead th { border: 0; color: var(--faint); font-weight: 400; font-size: .85rem; }
td:first-child { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--soft); width: 11.5rem; }
td:nth-child(2) { color: var(--faint); white-space: nowrap; width: 7rem; }
.badge { display: inline-block; min-width: 1.25rem; padding: 0 .3rem; border-radius: 99px; background: var(--mark); color: var(--card); font-size: .75rem; font-weight: 700; text-align: center; margin-right: .5rem; }
footer { margin-top: 2.5rem; color: var(--faint); font-size: .85rem; }
code { font: .92em ui-monospace, "DejaVu Sans Mono", monospace; }
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #333; --faint: #555; --line: #ccc; --ground: #f6f7f9; --blue: #1b47a8; --violet: #5b37b5; --red: #b3202b; --red-wash: #b3202b1c; --green: #0f6b41; --amber: #7d5005; --mark: #5b37b5; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10.5pt; } main { padding: 0; max-width: none; } .card, .steps div { break-inside: avoid; }
  .graphs { overflow: visible; break-inside: auto; } .graphs svg, figure { min-width: 0; } tr { break-inside: avoid; } h2 { break-after: avoid; }
}
`;
