using System.Globalization;
using System.Text;

namespace Fashion;

/// <summary>Draws values per epoch as SVG.</summary>
static class LineChart
{
    const double Width = 460, Height = 280, Left = 68, Right = 12, Top = 36, Bottom = 40;

    /// <param name="title">Written above.</param>
    /// <param name="limit">The largest value there can be, for shares, which are written in percent; null for others.</param>
    /// <param name="series">A name and one value per epoch each.</param>
    public static string Svg(string title, double? limit, IReadOnlyList<(string Name, double[] Values)> series)
    {
        // What is not finite has no place: the line has a gap there.
        var values = series.SelectMany(s => s.Values).Where(double.IsFinite).DefaultIfEmpty(limit ?? 0).ToArray();
        // A loss is seen against 0, an accuracy against what it could be. Neither range is ever empty.
        var (low, high) = limit is { } most ? (Math.Min(values.Min(), most - 0.01), most) : (0, Math.Max(values.Max(), 0.001));
        var step = NiceStep(high - low);
        low = Math.Floor(low / step) * step;
        high = limit ?? Math.Ceiling(high / step) * step;
        var epochs = series[0].Values.Length;

        var svg = new StringBuilder();
        Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title} per epoch\"><text class=\"title\" x=\"0\" y=\"16\">{title}</text>\n");
        for (var value = low; value <= high + step / 2; value += step)
        {
            Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):F1}\" y2=\"{Y(value):F1}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{Y(value) + 4:F1}\" text-anchor=\"end\">{Label(value, step, limit is not null)}</text>\n");
        }
        var every = Math.Max(1, (epochs + 9) / 10);
        for (var epoch = every; epoch <= epochs; epoch += every)
            Append($"<text x=\"{X(epoch):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{epoch}</text>");
        Append($"<text x=\"{Width - Right}\" y=\"{Height - 5}\" text-anchor=\"end\">epoch</text>\n");

        for (var i = 0; i < series.Count; i++)
        {
            var (name, points) = series[i];
            Append($"<text class=\"s{i}\" x=\"{Width - Right - 80 * (series.Count - 1 - i)}\" y=\"16\" text-anchor=\"end\">{name}</text>\n");
            Append($"<path class=\"s{i}\" style=\"fill:none\" d=\"");
            for (var p = 0; p < epochs; p++)
                if (double.IsFinite(points[p]))
                    Append($"{(p > 0 && double.IsFinite(points[p - 1]) ? 'L' : 'M')}{X(p + 1):F1},{Y(points[p]):F1} ");
            svg.Append("\"/>\n");
            foreach (var p in Enumerable.Range(0, epochs).Where(p => double.IsFinite(points[p])))
                Append($"<circle class=\"s{i}\" cx=\"{X(p + 1):F1}\" cy=\"{Y(points[p]):F1}\" r=\"2.5\"><title>epoch {p + 1}, {name}: {points[p]:F4}</title></circle>");
        }
        return svg.Append("</svg>\n").ToString();

        double X(int epoch) => epochs == 1 ? (Left + Width - Right) / 2 : Left + 8 + (Width - Left - Right - 16) * (epoch - 1) / (epochs - 1);
        double Y(double value) => Height - Bottom - (Height - Bottom - Top) * (value - low) / (high - low);
        void Append(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>With as many digits as tell one step from the next.</summary>
    static string Label(double value, double step, bool share)
    {
        if (!share && Math.Abs(value) >= 1e5)
            return value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        var digits = Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - 1e-9) - (share ? 2 : 0));
        return value.ToString($"{(share ? "P" : "F")}{digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>1, 2 or 5 times a power of ten, so that about five steps make <paramref name="range"/>.</summary>
    static double NiceStep(double range)
    {
        var rough = range / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }
}
