using System.Globalization;
using System.Text;

namespace GenNet;

/// <summary>Writes a network as a flowchart in Mermaid's notation, which Markdown viewers draw.</summary>
static class ArchitectureDiagram
{
    public static string Write(NetworkArchitecture architecture)
    {
        var text = new StringBuilder("flowchart TD\n");
        text.Append(CultureInfo.InvariantCulture, $"    layer0([\"input<br/>{(architecture.Positions > 1 ? $"{architecture.Positions} × {architecture.Layers[0].Inputs}" : $"{architecture.InputSize}")}\"])\n");
        for (var number = 1; number <= architecture.Layers.Count; number++)
        {
            var layer = architecture.Layers[number - 1];
            var label = new StringBuilder(layer.Kind).Append(CultureInfo.InvariantCulture, $" {At(number - 1)}{layer.Inputs} → {At(number)}{layer.Outputs}");
            if (!layer.Activation.IsIdentity)
                label.Append("<br/>").Append(layer.Activation.Name);
            if (layer.ParameterCount > 0)
                label.Append(CultureInfo.InvariantCulture, $"<br/>{layer.ParameterCount:N0} parameters");
            text.Append(CultureInfo.InvariantCulture, $"    layer{number}[\"{label}\"]\n");
            foreach (var source in layer.Sources(number))
                text.Append(CultureInfo.InvariantCulture, $"    layer{source} --> layer{number}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"    loss([\"{architecture.Loss}\"])\n    layer{architecture.Layers.Count} -.-> loss\n");
        return text.ToString();

        string At(int index) => architecture.PositionsOf(index) is > 1 and var positions ? $"{positions} × " : "";
    }
}
