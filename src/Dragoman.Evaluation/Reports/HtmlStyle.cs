namespace Dragoman.Evaluation.Reports;

/// <summary>The style sheet of a report's page, beside that of its charts.</summary>
internal static class HtmlStyle
{
    internal const string Rules =
        """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0 auto;padding:1.2rem 1rem 4rem;max-width:78rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
        h1{font-size:1.7rem;line-height:1.2;margin:.4rem 0 .6rem}h2{font-size:1.3rem;margin:2.6rem 0 .6rem;padding-top:.5rem;border-top:1px solid var(--line)}
        h3{font-size:1.05rem;margin:1.6rem 0 .4rem}h4{font-size:.95rem;margin:.9rem 0 .2rem}
        p{margin:.4rem 0;max-width:48rem}header p,.note{color:var(--muted)}.note{font-size:.88rem}
        a{color:var(--link)}a:focus-visible,summary:focus-visible,.scroll:focus-visible,pre:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;list-style:none;padding:0;margin:1rem 0}
        .scroll{overflow-x:auto;max-width:100%}
        table{border-collapse:collapse;margin:.7rem 0;font-size:.92rem;overflow-wrap:normal}caption{text-align:start;font-weight:600;padding:.2rem 0 .4rem;caption-side:top}
        th,td{border-bottom:1px solid var(--line);padding:.28rem .7rem;text-align:end;vertical-align:top;font-variant-numeric:tabular-nums;white-space:nowrap}
        thead th{border-bottom:2px solid var(--line);font-weight:600;vertical-align:bottom}th.l,td.l{text-align:start;white-space:normal;min-width:6.5rem;max-width:26rem;overflow-wrap:anywhere}
        td.l{min-width:10rem}tbody th{font-weight:500}tbody tr:hover{background:var(--panel)}
        td.w{min-width:6.2rem}th.w{padding-inline-end:2.6rem}.m{display:inline-block;width:2.1em;text-align:start;padding-inline-start:.2em;font-size:.82em}td[title]{cursor:help}
        .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .warnings{background:var(--warn-paper);color:var(--warn-ink);border-inline-start:4px solid currentColor;padding:.6rem .9rem;margin:.8rem 0;border-radius:4px}.warnings ul{margin:.2rem 0 0;padding-inline-start:1.2rem}
        section{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,36rem),1fr));column-gap:1.5rem}section>*{grid-column:1/-1;min-width:0}section>figure{grid-column:auto}
        figure{margin:1.2rem 0}figcaption{font-weight:600;margin-bottom:.4rem}
        figure svg{display:block;width:100%;min-width:30rem;max-width:var(--w);height:auto}
        details{margin:.3rem 0}summary{cursor:pointer}figure summary{color:var(--link);font-size:.9rem}
        pre{background:var(--panel);padding:.7rem .9rem;overflow-x:auto;border-radius:4px;font-size:.85rem;line-height:1.4;white-space:pre-wrap;overflow-wrap:anywhere}
        .query{background:var(--panel);border-radius:6px;padding:.55rem .9rem;margin:.5rem 0}.query>summary{line-height:1.4}.query>summary .facts{display:block;padding-inline-start:1.1rem}.q{font-weight:600;unicode-bidi:isolate}
        .facts{color:var(--muted);font-size:.88rem}.id{font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;font-size:.92em}
        .passages{margin:.2rem 0;padding-inline-start:1.8rem}.passages li{margin:.35rem 0}.title{font-weight:500;unicode-bidi:isolate}.snippet{font-size:.92rem;max-width:46rem}
        .grade{display:inline-block;border:1px solid var(--muted);border-radius:9px;padding:0 .5em;font-size:.8rem;color:var(--muted)}.grade.good{border-width:2px;border-color:var(--ink);color:var(--ink);font-weight:600}
        @media (max-width:30rem){body{padding-inline:.8rem}th,td{padding-inline:.45rem}.query{padding-inline:.6rem}}
        @media print{section{display:block}body{max-width:none;padding:0;font-size:11pt}nav,figure details{display:none}section,figure,.query,table{break-inside:avoid-page}section{break-inside:auto}.scroll{overflow:visible}table{font-size:8.5pt}th,td{padding:.15rem .3rem;white-space:normal}td.l,th.l{min-width:0}figure svg{min-width:0}h2,h3{break-after:avoid}a{color:inherit}}

        """;
}
