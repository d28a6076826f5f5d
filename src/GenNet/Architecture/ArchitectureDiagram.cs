using System.Globalization;
using System.Text;

namespace GenNet;

/// <summary>Writes a network as a flowchart in Mermaid's notation, which Markdown viewers draw.</summary>
static class ArchitectureDiagram
{
    public static string Write(NetworkArchitecture architecture)
    {
        var text = new StringBuilder("flowchart TD\n");
        text.Append(CultureInfo.InvariantCulture, $"    layer0([\"input<br/>{string.Join(" × ", architecture.ShapeAt(0))}\"])\n");
        for (var number = 1; number <= architecture.Layers.Count; number++)
        {
            var layer = architecture.Layers[number - 1];
            var label = new StringBuilder(layer.Kind).Append(CultureInfo.InvariantCulture, $" {string.Join(" × ", architecture.ShapeAt(number - 1))} → {string.Join(" × ", architecture.ShapeBehind(number))}");
            if (!layer.Activation.IsIdentity)
                label.Append("<br/>").Append(layer.Activation.Name);
            if (layer.ParameterCount > 0)
                label.Append(CultureInfo.InvariantCulture, $"<br/>{layer.ParameterCount:N0} parameters");
            text.Append(CultureInfo.InvariantCulture, $"    layer{number}[\"{label}\"]\n");
            foreach (var source in architecture.SourcesOf(number))
                text.Append(CultureInfo.InvariantCulture, $"    layer{source} --> layer{number}\n");
        }
        foreach (var head in architecture.Heads)
        {
            if (End(head) is not { Length: > 0 } end)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"    loss{head.Name}([\"{end}\"])\n    layer{head.LastLayer + 1} -.-> loss{head.Name}\n");
        }
        return text.ToString();

        // A file of weights tells no loss.
        static string End(NetworkHead head) => string.Join("<br/>", new[] { head.Name, head.Loss.Length > 0 ? head.WeightedLoss : "" }.Where(line => line.Length > 0));
    }
}
