using System.Globalization;
using System.Text;

namespace GenNet.Benchmarks;

/// <summary>Times against sizes, both on logarithmic scales.</summary>
sealed class GrowthChart(string title)
{
    const int Width = 640, Height = 320, Left = 64, Right = 96, Top = 28, Bottom = 32;

    /// <summary>Who is drawn, from the back to the front, and in what colours on light and on dark.</summary>
    static readonly (string Name, string Light, string Dark)[] Lines = [("roof", "#57606a", "#9da7b3"), ("PyTorch", "#c1121f", "#ff8a80"), ("onnxruntime", "#9a6700", "#e3b341"), ("GenNet", "#1d5fa8", "#79b8ff")];

    readonly Dictionary<string, List<(double X, double Y)>> _points = [];

    public void Add(string name, double x, double nanoseconds)
    {
        if (!_points.TryGetValue(name, out var points))
            _points.Add(name, points = []);
        points.Add((x, nanoseconds));
    }

    /// <summary>The picture, an SVG file.</summary>
    public string Draw()
    {
        var (culture, all) = (CultureInfo.InvariantCulture, _points.Values.SelectMany(points => points).ToArray());
        double least = all.Min(point => point.X), most = all.Max(point => point.X);
        double fastest = Math.Floor(Math.Log10(all.Min(point => point.Y))), slowest = Math.Ceiling(Math.Log10(all.Max(point => point.Y)));
        var svg = new StringBuilder(string.Create(culture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{Height}}" role="img" aria-label="Nanoseconds a sample: {{title}}">
            <style>
            path { fill: none; stroke: #57606a; } .grid { stroke-opacity: 0.25; } polyline { fill: none; stroke-width: 2; } text { font: 12px system-ui, sans-serif; fill: #57606a; }
            {{string.Concat(Lines.Select(line => $"polyline.{line.Name} {{ stroke: {line.Light}; }} text.{line.Name} {{ fill: {line.Light}; }} "))}}
            polyline.roof { stroke-dasharray: 5 4; }
            @media (prefers-color-scheme: dark) { path { stroke: #9da7b3; } text { fill: #9da7b3; } {{string.Concat(Lines.Select(line => $"polyline.{line.Name} {{ stroke: {line.Dark}; }} text.{line.Name} {{ fill: {line.Dark}; }} "))}}}
            </style>
            <text x="{{Left}}" y="16">ns a sample: {{title}}</text>

            """));
        for (var power = fastest; power <= slowest; power++)
            svg.Append(culture, $"<path class=\"grid\" d=\"M{Left} {Y(Math.Pow(10, power)):F1}H{Width - Right}\"/><text x=\"{Left - 6}\" y=\"{Y(Math.Pow(10, power)) + 4:F1}\" text-anchor=\"end\">{Math.Pow(10, power):N0}</text>\n");
        foreach (var x in all.Select(point => point.X).Distinct().Order())
            svg.Append(culture, $"<path class=\"grid\" d=\"M{X(x):F1} {Top}V{Height - Bottom}\"/><text x=\"{X(x):F1}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{x:N0}</text>\n");
        foreach (var (name, _, _) in Lines.Where(line => _points.ContainsKey(line.Name)))
        {
            var last = _points[name][^1];
            svg.Append(culture, $"<polyline class=\"{name}\" points=\"").AppendJoin(' ', _points[name].Select(point => string.Create(culture, $"{X(point.X):F1},{Y(point.Y):F1}")))
                .Append(culture, $"\"/><text class=\"{name}\" x=\"{X(last.X) + 6:F1}\" y=\"{Y(last.Y) + 4:F1}\">{name}</text>\n");
        }
        return svg.Append(culture, $"<path d=\"M{Left} {Top}V{Height - Bottom}H{Width - Right}\"/>\n</svg>\n").ToString();

        double X(double value) => Left + (Width - Left - Right) * Math.Log(value / least) / Math.Log(most / least);

        double Y(double value) => Top + (Height - Top - Bottom) * (slowest - Math.Log10(value)) / (slowest - fastest);
    }
}
