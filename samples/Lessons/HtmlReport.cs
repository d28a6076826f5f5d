using System.Globalization;
using System.Net;
using System.Text;
using Fashion;

namespace Lessons;

/// <summary>Writes lessons as one HTML file that needs nothing else.</summary>
static class HtmlReport
{
    public static void Write(string path, IReadOnlyList<(Lesson Lesson, IReadOnlyList<AttemptResult> Attempts)> results)
    {
        var html = new StringBuilder();
        Append(html, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>GenNet: what goes wrong in training</title>
            <style>{Style}</style>
            </head>
            <body>

            """);
        foreach (var (lesson, attempts) in results)
        {
            Append(html, $"<h1>{Escape(lesson.Title)}</h1>\n<p>{Escape(lesson.Text)}</p>\n");
            foreach (var attempt in attempts)
                Write(html, attempt);
        }
        html.Append("</body>\n</html>\n");
        File.WriteAllText(path, html.ToString());
    }

    static void Write(StringBuilder html, AttemptResult attempt)
    {
        Append(html, $"<h2>{Escape(attempt.Name)}</h2>\n");
        foreach (var finding in attempt.Findings)
            Append(html, $"<p class=\"finding\">{Escape(finding.Message)}</p>\n");
        if (attempt.Divergence is { } reason)
            Append(html, $"<p class=\"finding\">{Escape(reason)}</p>\n");
        if (attempt.Epochs.Count == 0)
            return;
        html.Append("<section class=\"charts\">");
        html.Append(LineChart.Svg("Loss", null, [("training", [.. attempt.Epochs.Select(e => e.Loss)]), ("test", [.. attempt.Epochs.Select(e => e.Validation!.Value.Loss)])]));
        html.Append(LineChart.Svg("Test accuracy", 1, [("test", [.. attempt.Epochs.Select(e => e.Validation!.Value.Accuracy)])]));
        html.Append("</section>\n<table>\n<tr><th>layer</th><th></th><th>gradient / weights</th>" + Scale + "<th class=\"number\">dead units</th></tr>\n");
        foreach (var layer in attempt.Health[^1])
        {
            var dead = double.IsNaN(layer.DeadShare) ? "–" : layer.DeadShare.ToString("P0", CultureInfo.InvariantCulture);
            Append(html, $"<tr><td>{layer.Number}</td><td>{Escape(layer.Name)}</td><td>{layer.RelativeGradient:0.0e+0}</td>{Bar(layer.RelativeGradient)}<td class=\"number\">{dead}</td></tr>\n");
        }
        html.Append("</table>\n");
        foreach (var layer in attempt.Health[^1].Where(layer => layer.Reach.Count > 0))
        {
            Append(html, $"<table>\n<tr><th>step</th><th>gradient left in layer {layer.Number}</th>{Scale}</tr>\n");
            foreach (var (step, reach) in layer.SomeSteps)
                Append(html, $"<tr><td>{step}</td><td>{reach:0.0e+0}</td>{Bar(reach)}</tr>\n");
            html.Append("</table>\n");
        }
    }

    const string Scale = "<th class=\"scale\"><span>10⁻⁸</span><span>10⁻³</span><span>10²</span></th>";

    /// <summary>A cell for the logarithm: empty at 10⁻⁸, full at 10².</summary>
    static string Bar(double value)
    {
        var width = value > 0 ? Math.Clamp((Math.Log10(value) + 8) * 10, 0, 100) : 0;
        return string.Create(CultureInfo.InvariantCulture, $"<td class=\"bar\"><i style=\"width:{width:F0}%\"></i></td>");
    }

    static string Escape(string text) => WebUtility.HtmlEncode(text);

    static void Append(StringBuilder html, FormattableString text) => html.Append(text.ToString(CultureInfo.InvariantCulture));

    const string Style = """

        :root { color-scheme: light dark; --paper: #fcfcfb; --ink: #1c1d22; --soft: #63656e; --line: #dddde2; --first: #2463c9; --second: #c2570c }
        @media (prefers-color-scheme: dark) { :root { --paper: #16171b; --ink: #ececf0; --soft: #a0a2ac; --line: #35363d; --first: #79a9f5; --second: #f29b5c } }
        body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
        h1 { margin: 3rem 0 .5rem; font-size: 1.75rem; line-height: 1.15 }
        h2 { margin: 2rem 0 .75rem; font-size: 1.125rem }
        p { max-width: 44rem; color: var(--soft) }
        .finding { padding-left: .75rem; border-left: 3px solid var(--second); color: var(--ink) }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 2rem }
        svg { width: 100%; height: auto }
        svg text { fill: var(--soft); font-size: 12px }
        svg .title { fill: var(--ink); font-size: 15px; font-weight: 600 }
        svg .grid { stroke: var(--line) }
        svg path { fill: none; stroke-width: 2 }
        .s0 { stroke: var(--first); fill: var(--first) }
        .s1 { stroke: var(--second); fill: var(--second) }
        svg text.s0, svg text.s1 { stroke: none; font-weight: 600 }
        table { margin-top: 1rem; border-spacing: 2px; font-size: .875rem; font-variant-numeric: tabular-nums }
        th { padding-right: .6rem; color: var(--soft); font-weight: 500; text-align: left }
        td { padding: .1rem .6rem .1rem 0 }
        .number { text-align: right; white-space: nowrap }
        .scale { width: 12rem; font-size: .75rem }
        .scale span { display: inline-block; width: 33.3% }
        .scale span:nth-child(2) { text-align: center }
        .scale span:last-child { text-align: right }
        .bar { width: 12rem }
        .bar i { display: block; height: .6rem; background: var(--first) }

        """;
}
