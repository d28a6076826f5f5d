using System.Globalization;
using System.Text;

namespace GenNet.Benchmarks;

/// <summary>Times against sizes, both on logarithmic scales.</summary>
/// <param name="unit">What the times are, such as <c>ns a sample</c>.</param>
/// <param name="title">What they are of.</param>
/// <param name="lines">Who is drawn, from the back to the front.</param>
sealed class GrowthChart(string unit, string title, params ChartLine[] lines)
{
    const int Width = 640, Height = 320, Left = 64, Right = 96, Top = 28, Bottom = 32;

    readonly Dictionary<string, List<(double X, double Y)>> _points = [];

    public void Add(string name, double x, double time)
    {
        if (!_points.TryGetValue(name, out var points))
            _points.Add(name, points = []);
        points.Add((x, time));
    }

    /// <summary>The picture, an SVG file.</summary>
    public string Draw()
    {
        var (culture, all) = (CultureInfo.InvariantCulture, _points.Values.SelectMany(points => points).ToArray());
        double least = all.Min(point => point.X), most = all.Max(point => point.X);
        double fastest = Math.Floor(Math.Log10(all.Min(point => point.Y))), slowest = Math.Ceiling(Math.Log10(all.Max(point => point.Y)));
        var svg = new StringBuilder(string.Create(culture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{Height}}" role="img" aria-label="{{unit}}: {{title}}">
            <style>
            path { fill: none; stroke: #57606a; } .grid { stroke-opacity: 0.25; } polyline { fill: none; stroke-width: 2; } text { font: 12px system-ui, sans-serif; fill: #57606a; }
            {{string.Concat(lines.Select((line, index) => $"polyline.l{index} {{ stroke: {line.Light}; {(line.IsDashed ? "stroke-dasharray: 5 4; " : "")}}} text.l{index} {{ fill: {line.Light}; }} "))}}
            @media (prefers-color-scheme: dark) { path { stroke: #9da7b3; } text { fill: #9da7b3; } {{string.Concat(lines.Select((line, index) => $"polyline.l{index} {{ stroke: {line.Dark}; }} text.l{index} {{ fill: {line.Dark}; }} "))}}}
            </style>
            <text x="{{Left}}" y="16">{{unit}}: {{title}}</text>

            """));
        for (var power = fastest; power <= slowest; power++)
            svg.Append(culture, $"<path class=\"grid\" d=\"M{Left} {Y(Math.Pow(10, power)):F1}H{Width - Right}\"/><text x=\"{Left - 6}\" y=\"{Y(Math.Pow(10, power)) + 4:F1}\" text-anchor=\"end\">{Math.Pow(10, power):#,0.####}</text>\n");
        foreach (var x in all.Select(point => point.X).Distinct().Order())
            svg.Append(culture, $"<path class=\"grid\" d=\"M{X(x):F1} {Top}V{Height - Bottom}\"/><text x=\"{X(x):F1}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{x:N0}</text>\n");
        for (var index = 0; index < lines.Length; index++)
        {
            if (!_points.TryGetValue(lines[index].Name, out var points))
                continue;
            svg.Append(culture, $"<polyline class=\"l{index}\" points=\"").AppendJoin(' ', points.Select(point => string.Create(culture, $"{X(point.X):F1},{Y(point.Y):F1}")))
                .Append(culture, $"\"/><text class=\"l{index}\" x=\"{X(points[^1].X) + 6:F1}\" y=\"{Y(points[^1].Y) + 4:F1}\">{lines[index].Name}</text>\n");
        }
        return svg.Append(culture, $"<path d=\"M{Left} {Top}V{Height - Bottom}H{Width - Right}\"/>\n</svg>\n").ToString();

        double X(double value) => Left + (Width - Left - Right) * Math.Log(value / least) / Math.Log(most / least);

        double Y(double value) => Top + (Height - Top - Bottom) * (slowest - Math.Log10(value)) / (slowest - fastest);
    }
}
