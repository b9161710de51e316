"""How the page looks: by light and in the dark, on paper and on a telephone. Colours are told apart by people who see few of them."""

COLOURS = {
    "light": {
        "page": "#f7f8fa", "surface": "#ffffff", "ink": "#1b2330", "quiet": "#556070", "rule": "#d9dee5", "grid": "#e8ebf0",
        "s1": "#0b63a5", "s2": "#b3500b", "s3": "#00795a", "s4": "#8b3f8f", "s5": "#5b6472", "on": "#ffffff",
        "good": "#00694d", "bad": "#a4320f", "good-surface": "#e6f4ee", "bad-surface": "#fcece5",
    },
    "dark": {
        "page": "#11151b", "surface": "#191f27", "ink": "#e8ecf1", "quiet": "#a9b4c2", "rule": "#37414e", "grid": "#2a323d",
        "s1": "#6cb6f5", "s2": "#f0a35e", "s3": "#54d1a6", "s4": "#d79be0", "s5": "#b3bdca", "on": "#11151b",
        "good": "#62d6a8", "bad": "#ff9d7d", "good-surface": "#14302a", "bad-surface": "#3b221b",
    },
}  # fmt: skip

_RULES = """
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;scroll-padding-top:3.5rem}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
header,main,footer,nav ul{max-width:76rem;margin:0 auto;padding:0 1.25rem}
h1{margin:0;font-size:clamp(1.5rem,4vw,2rem);line-height:1.2;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{margin:0 0 .25rem;font-size:1.3rem;line-height:1.3;font-weight:650}
h3{margin:0;font-size:1rem;font-weight:650}
p{margin:.35rem 0;max-width:70ch}
a{color:var(--s1)}
:focus-visible{outline:3px solid var(--s1);outline-offset:2px;border-radius:3px}
main:focus{outline:none}
.skip{position:absolute;left:-99rem;top:.5rem;padding:.5rem 1rem;background:var(--surface);z-index:2}
.skip:focus{left:.5rem}
.quiet{color:var(--quiet)}
header{padding-top:2.5rem;padding-bottom:1rem}
.verdict{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem 1rem;margin:1.25rem 0 0;padding:.8rem 1.1rem;
border-left:5px solid;border-radius:6px}
.verdict strong{font-size:1.15rem}
.verdict p{margin:0;color:var(--ink)}
.good{color:var(--good)}.bad{color:var(--bad)}
.verdict.good{background:var(--good-surface);border-color:var(--good)}
.verdict.bad{background:var(--bad-surface);border-color:var(--bad)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0 0}
.tiles div{background:var(--surface);border:1px solid var(--rule);border-radius:8px;padding:.7rem 1rem}
.tiles dt{color:var(--quiet);font-size:.9rem}
.tiles dd{margin:0}
.tiles .value{display:block;font-size:1.6rem;line-height:1.3;font-weight:600;font-variant-numeric:tabular-nums}
.tiles .chance{color:var(--quiet);font-size:.85rem;font-variant-numeric:tabular-nums}
nav{position:sticky;top:0;z-index:1;background:var(--page);border-bottom:1px solid var(--rule)}
nav ul{display:flex;gap:.25rem 1.1rem;overflow-x:auto;list-style:none;padding-top:.6rem;padding-bottom:.6rem}
nav a{display:inline-block;padding:.15rem 0;white-space:nowrap;text-decoration:none;color:var(--ink)}
nav a:hover{text-decoration:underline}
section{padding:2rem 0 .5rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem;margin-top:1rem}
figure{margin:0;background:var(--surface);border:1px solid var(--rule);border-radius:8px;padding:1rem 1.1rem;min-width:0}
figcaption p{font-size:.92rem;color:var(--quiet)}
figure>svg{display:block;width:100%;max-width:30rem;height:auto;margin:.6rem auto 0}
.wide{overflow-x:auto;width:fit-content;max-width:100%;background:var(--surface);border:1px solid var(--rule);border-radius:8px;margin-top:1rem}
details{margin-top:.6rem}
summary{cursor:pointer;color:var(--s1);font-size:.92rem}
figure .wide,.figures>.wide{margin-top:.5rem}.figures>.wide td,.figures>.wide th{padding-left:.7rem;padding-right:.7rem}
.figures>.wide{margin-top:0;align-self:start;max-height:34rem;overflow:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.6rem .9rem .3rem;color:var(--quiet);font-size:.9rem}
th,td{padding:.34rem 1rem;text-align:right;border-top:1px solid var(--rule);white-space:nowrap;vertical-align:middle}
thead th{border-top:0;color:var(--quiet);font-weight:600;vertical-align:bottom}
th[scope=row]{font-weight:500}
th:first-child,td.text,th.text{text-align:left}
td.long{white-space:normal;overflow-wrap:anywhere;min-width:12rem}
footer{padding-top:1.5rem;padding-bottom:3rem;color:var(--quiet);font-size:.9rem}
text{font-size:11.5px;fill:var(--ink)}
text.tick,text.label{fill:var(--quiet)}
text.number{font-variant-numeric:tabular-nums}
text.strong{font-weight:650;font-size:13px}
text.on{fill:var(--on)}
.grid{stroke:var(--grid)}.axis{stroke:var(--quiet)}
polyline{fill:none;stroke-linejoin:round;stroke-linecap:round}
.line{stroke-width:2.2}
.reference{stroke:var(--quiet);stroke-width:1.3;stroke-dasharray:5 4}
.whisker{stroke:var(--ink);stroke-width:1.4}
.s1{--of:var(--s1)}.s2{--of:var(--s2)}.s3{--of:var(--s3)}.s4{--of:var(--s4)}.s5{--of:var(--s5)}
.line.s1,.line.s2,.line.s3,.line.s4,.line.s5{stroke:var(--of)}
.line.s2{stroke-dasharray:9 4}.line.s3{stroke-dasharray:2 5}.line.s4{stroke-dasharray:12 4 2 4}.line.s5{stroke-dasharray:5 3}
.fill{fill:var(--of)}
.dot{fill:var(--of);fill-opacity:.85}
.band{fill:var(--of);fill-opacity:.2}
.shape{display:block;width:6rem;height:1.4rem}
@media (max-width:36rem){header,main,footer,nav ul{padding-left:.8rem;padding-right:.8rem}figure{padding:.8rem .6rem}figcaption{padding:0 .3rem}}
@media print{nav,.skip{display:none}figure,.wide{break-inside:avoid}body{background:none}}
"""


def style() -> str:
    """Without what another place would have to give: fonts are the reader's own."""
    light, dark = (";".join(f"--{name}:{colour}" for name, colour in COLOURS[which].items()) for which in ("light", "dark"))
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}{_RULES}"
