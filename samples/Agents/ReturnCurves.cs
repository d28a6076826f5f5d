using System.Globalization;
using System.Text;

namespace Agents;

/// <summary>How returns grow, as a picture: a thin line a run, and in bold their median where there are several.</summary>
static class ReturnCurves
{
    const int Width = 640, Height = 240, Left = 56, Right = 12, Top = 12, Bottom = 40, Points = 100;

    /// <summary>An SVG element.</summary>
    /// <param name="results">The runs.</param>
    /// <param name="isFile">Whether it is to be a file of its own.</param>
    public static string Draw(IReadOnlyList<LearningResult> results, bool isFile)
    {
        var runs = results.Select(result => result.History.Where(point => !double.IsNaN(point.MeanReturn)).ToArray()).Where(run => run.Length > 1).ToArray();
        if (runs.Length == 0)
            return isFile ? "<svg xmlns=\"http://www.w3.org/2000/svg\"/>" : "<p>No episode has ended.</p>";
        double least = runs.Min(run => run.Min(point => point.MeanReturn)), most = runs.Max(run => run.Max(point => point.MeanReturn)), steps = runs.Max(run => run[^1].Steps);
        var best = most;
        var unit = RoundUnit(Math.Max(most - least, 1e-9) / 5);
        (least, most) = (Math.Floor(least / unit) * unit, Math.Ceiling(most / unit) * unit);
        var svg = new StringBuilder();
        var culture = CultureInfo.InvariantCulture;
        svg.Append(culture, $$"""
            <svg{{(isFile ? " xmlns=\"http://www.w3.org/2000/svg\"" : "")}} viewBox="0 0 {{Width}} {{Height}}" role="img" aria-label="Mean returns of {{runs.Length}} {{(runs.Length == 1 ? "run" : "runs")}} of {{results[0].Task}}, up to {{best:0.#}} in {{steps:N0}} steps">
            <style>
            .axis, .grid, .run, .median { fill: none; stroke: #57606a; } .grid { stroke-opacity: 0.25; }
            .run { stroke: #c1121f; stroke-opacity: {{(runs.Length == 1 ? 1 : 0.35)}}; } .median { stroke: #1d5fa8; stroke-width: 2.5; } .label { font: 12px system-ui, sans-serif; fill: #57606a; }
            @media (prefers-color-scheme: dark) { .axis, .grid { stroke: #9da7b3; } .label { fill: #9da7b3; } .run { stroke: #ff8a80; } .median { stroke: #79b8ff; } }
            </style>

            """);
        for (var value = least; value <= most + unit / 2; value += unit)
            svg.Append(culture, $"""
                <path class="grid" d="M{Left} {Y(value):F1}H{Width - Right}"/><text class="label" x="{Left - 6}" y="{Y(value) + 4:F1}" text-anchor="end">{value:0.##}</text>

                """);
        foreach (var run in runs)
            Line("run", run.Where((_, i) => (run.Length - 1 - i) % (1 + run.Length / Points) == 0).Select(point => ((double)point.Steps, point.MeanReturn)));
        if (runs.Length > 1)
            Line("median", Enumerable.Range(1, Points).Select(i => steps * i / Points).Where(at => runs.All(run => run[0].Steps <= at)).Select(at => (at, Median(runs, at))));
        svg.Append(culture, $"""
            <path class="axis" d="M{Left} {Top}V{Height - Bottom}H{Width - Right}"/>
            <text class="label" x="{Left}" y="{Height - Bottom + 16}">0</text><text class="label" x="{Width - Right}" y="{Height - Bottom + 16}" text-anchor="end">{steps:N0} steps</text>
            <text class="label" x="{(Left + Width - Right) / 2}" y="{Height - 6}" text-anchor="middle">{results[0].Task}: mean return{(runs.Length == 1 ? "" : $", {runs.Length} seeds, and their median")}</text>
            </svg>
            """);
        return svg.ToString();

        double Y(double value) => Top + (Height - Top - Bottom) * (1 - (value - least) / (most - least));

        void Line(string kind, IEnumerable<(double Steps, double Value)> points) => svg.Append(culture, $"<polyline class=\"{kind}\" points=\"")
            .AppendJoin(' ', points.Select(point => string.Create(culture, $"{Left + (Width - Left - Right) * point.Steps / steps:F1},{Y(point.Value):F1}"))).Append("\"/>\n");
    }

    /// <summary>1, 2 or 5 times a power of ten, at least as much.</summary>
    static double RoundUnit(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * (value / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }

    /// <summary>Of what the runs had come to by a step: those that have ended stay where they were.</summary>
    static double Median((long Steps, double MeanReturn)[][] runs, double at)
    {
        var values = runs.Select(run => run.Last(point => point.Steps <= at).MeanReturn).Order().ToArray();
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
