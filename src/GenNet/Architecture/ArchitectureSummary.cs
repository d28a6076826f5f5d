using System.Globalization;
using System.Text;

namespace GenNet;

/// <summary>Writes a network's layers as Keras's <c>summary()</c> does: one a line, then the parameters in all.</summary>
static class ArchitectureSummary
{
    static readonly string[] Units = ["B", "KB", "MB", "GB"];

    public static string Write(NetworkArchitecture architecture)
    {
        var layers = architecture.Layers;
        var connected = Enumerable.Range(1, layers.Count).Any(number => architecture.SourcesOf(number) is not [var source] || source != number - 1);
        var rows = new List<string[]> { Row("Layer (type)", "Output Shape", "Activation", "Param #", "Connected to") };
        for (var i = 0; i < layers.Count; i++)
        {
            var (layer, number) = (layers[i], i + 1);
            var sources = string.Join(", ", architecture.SourcesOf(number).Select(Source));
            rows.Add(Row($"{architecture.HeadNameOf(i)}Layer{number} ({layer.Kind})", $"(None, {string.Join(", ", architecture.ShapeBehind(number))})", layer.Activation.IsIdentity ? "" : layer.Activation.Name, Number(layer.ParameterCount + layer.StatisticCount), sources));
        }
        string[] Row(params string[] cells) => connected ? cells : cells[..^1];

        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var width = widths.Sum() + 3 * (widths.Length - 1);
        var text = new StringBuilder();
        text.Append($"Model: \"{architecture.Name}\"\n").Append('_', width).Append('\n');
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append(string.Join("   ", rows[i].Select((cell, column) => column == 3 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
            if (i == 0 || i == rows.Count - 1)
                text.Append('=', width).Append('\n');
        }
        int trained = architecture.ParameterCount, kept = layers.Sum(layer => layer.StatisticCount);
        text.Append($"Total params: {Size(trained + kept)}\n");
        text.Append($"Trainable params: {Size(trained)}\n");
        text.Append($"Non-trainable params: {Size(kept)}\n");
        return text.Append('_', width).Append('\n').ToString();
    }

    static string Source(int number) => number == 0 ? "input" : $"Layer{number}";

    /// <summary>109,386 (427.29 KB).</summary>
    static string Size(int parameters)
    {
        var (size, unit) = ((double)parameters * sizeof(float), 0);
        for (; size >= 1024 && unit < Units.Length - 1; unit++)
            size /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{parameters:N0} ({size:F2} {Units[unit]})");
    }

    static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
