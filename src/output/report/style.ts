/** The style of a report: light and dark, narrow and wide, on paper. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--dim:#57606a;--line:#d5dbe1;--soft:#f4f6f8;--good:#1a7f37;--bad:#c4282d;--warn:#8a5a00;--blue:#1f62c9;--fill:#1f62c926;--idle:#8b949e}
@media (prefers-color-scheme:dark){:root{--bg:#0e1116;--fg:#e3e8ee;--dim:#98a2ad;--line:#30373f;--soft:#171c22;--good:#4cc26a;--bad:#ff7b72;--warn:#e0ad4a;--blue:#6ba6ff;--fill:#6ba6ff2e;--idle:#6b747e}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
body>*{max-width:72rem;margin-inline:auto;padding-inline:1.25rem}
h1{font-size:1.5rem;line-height:1.3;margin:1.5rem 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2.25rem 0 .75rem;padding-bottom:.3rem;border-bottom:1px solid var(--line)}
h3{font-size:1rem;margin:1.25rem 0 .4rem;overflow-wrap:anywhere}
a{color:var(--blue)}
:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:1rem 0 0}
dl{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0}
dt{color:var(--dim);font-size:.85rem}
dd{margin:0;overflow-wrap:anywhere}
.badge{display:inline-block;padding:.1rem .55rem;border:1px solid currentColor;border-radius:1rem;font-size:.85rem;font-weight:600;white-space:nowrap}
.good,.green{color:var(--good)}.bad,.red{color:var(--bad)}.warn,.yellow{color:var(--warn)}.cyan{color:var(--blue)}.dim{color:var(--dim)}.bold{font-weight:600}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line)}
th{color:var(--dim);font-weight:600;font-size:.85rem;white-space:nowrap}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
.scroll td:first-child,.scroll td.number,#events td{white-space:nowrap}
time,td.time{font-variant-numeric:tabular-nums;white-space:nowrap}
pre,td.text,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.85rem}
pre{margin:.4rem 0;padding:.75rem .9rem;background:var(--soft);border:1px solid var(--line);border-radius:.4rem;white-space:pre-wrap;overflow-wrap:anywhere}
#events td.text{white-space:pre-wrap;overflow-wrap:anywhere;width:100%}
.failure pre{border-left:3px solid var(--bad)}
.timeline{list-style:none;margin:0;padding:0}
.timeline li{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,6fr) 6.5rem;gap:.2rem .9rem;align-items:center;padding:.3rem 0;border-bottom:1px solid var(--line)}
.timeline .name{overflow-wrap:anywhere}
.timeline .took{text-align:right;font-variant-numeric:tabular-nums;color:var(--dim)}
.timeline .note{color:var(--dim);font-size:.85rem}
svg{display:block;width:100%}
svg.bar{height:.7rem;border-radius:.2rem;overflow:hidden}
.bar .track{fill:var(--soft)}.bar .finished{fill:var(--good)}.bar .failed{fill:var(--bad)}.bar .running{fill:var(--warn)}.bar .skipped{fill:var(--idle)}
figure{margin:0 0 1.75rem}
figcaption{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;margin-bottom:.4rem}
.plot{display:grid;grid-template-columns:3rem minmax(0,1fr);gap:.4rem}
.plot svg{height:8rem}.plot.low svg{height:3.5rem}
.scale{display:flex;flex-direction:column;justify-content:space-between;text-align:right;color:var(--dim);font-size:.8rem;line-height:1}
.axis{display:flex;justify-content:space-between;padding-left:3.4rem;color:var(--dim);font-size:.8rem;font-variant-numeric:tabular-nums}
.plot path,.plot line,.key line{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}
.plot .grid{stroke:var(--line);stroke-width:1}
.plot .area{fill:var(--fill);stroke:none}
.running{stroke:var(--blue)}.plot .desired,.key .desired{stroke:var(--fg);stroke-dasharray:5 4}.plot .failed,.key .failed{stroke:var(--bad)}.traffic{stroke:var(--good)}
.bar rect{stroke:none}
.key{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 0 1rem;color:var(--dim);font-size:.85rem}
.key span{display:inline-flex;align-items:center;gap:.4rem}.key svg{width:1.6rem;height:.6rem}
.caption{margin:.6rem 0 .2rem;padding-left:3.4rem;color:var(--dim);font-size:.85rem}
svg.band{height:.7rem;width:calc(100% - 3.4rem);margin-left:3.4rem}.band .even{fill:var(--blue)}.band .odd{fill:var(--idle)}
.stages{margin:.4rem 0 0;padding-left:4.6rem;font-size:.85rem;color:var(--dim)}.stages b{color:var(--fg);font-weight:600}
details{margin:.5rem 0}summary{cursor:pointer;color:var(--dim)}
.filter{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:0 0 .75rem}
.filter label{display:grid;gap:.15rem;color:var(--dim);font-size:.85rem}
input,select{height:2.1rem;font:inherit;padding:.3rem .5rem;color:inherit;background:var(--bg);border:1px solid var(--idle);border-radius:.3rem;max-width:100%}
#filter-count{padding-bottom:.3rem}
[hidden]{display:none!important}
footer{margin-top:2.5rem;padding-block:1rem;color:var(--dim);font-size:.85rem;border-top:1px solid var(--line)}
@media (max-width:40rem){body>*{padding-inline:.8rem}.timeline li{grid-template-columns:minmax(0,1fr) auto}.timeline .name{grid-column:1/-1}dl{gap:.4rem 1.25rem}.stages{padding-left:1.5rem}#events tr{display:grid;grid-template-columns:auto minmax(0,1fr)}#events thead{display:none}#events td{border:0;padding-block:.1rem}#events td.text{grid-column:1/-1;border-bottom:1px solid var(--line);padding-bottom:.4rem}}
@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--dim:#444;--line:#bbb;--soft:#f4f4f4;--good:#1a7f37;--bad:#c4282d;--warn:#8a5a00;--blue:#1f62c9;--fill:#1f62c926;--idle:#8b949e}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}body{font-size:10.5pt}body>*{max-width:none;padding:0}nav,.filter{display:none}.scroll{overflow:visible}figure,.timeline li,tr{break-inside:avoid}h2,h3,figcaption{break-after:avoid}}
`
