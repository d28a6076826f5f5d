using System.Globalization;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Emission;

/// <summary>The words and equations of emitted comments.</summary>
static class Text
{
    /// <summary>784 → 128 → 64 → 10.</summary>
    public static string Chain(NetworkPlan plan) => string.Join(" → ", plan.Layers.Select(layer => layer.Inputs).Append(plan.Outputs));

    /// <summary>LeakyReLU → leaky ReLU, HardTanh → hard tanh.</summary>
    public static string Words(string activation) => activation switch
    {
        "LeakyReLU" => "leaky ReLU",
        "HardSigmoid" => "hard sigmoid",
        "HardTanh" => "hard tanh",
        "ReLU" or "ELU" or "GELU" or "SiLU" => activation,
        _ => activation.ToLowerInvariant(),
    };

    /// <summary>z¹ = xW¹ + b¹, a¹ = tanh(z¹).</summary>
    public static string Equation(LayerPlan layer) => Equation(layer, layer.DeclaredActivation);

    public static string Equation(LayerPlan layer, string activation)
    {
        var n = Superscript(layer.Number);
        var x = layer.Number == 1 ? "x" : "a" + Superscript(layer.Number - 1);
        return $"z{n} = {x}W{n} + b{n}, a{n} = {(activation == "Identity" ? $"z{n}" : $"{Words(activation)}(z{n})")}";
    }

    /// <summary>tanh′(z¹).</summary>
    public static string Derivative(LayerPlan layer) =>
        layer.Activation == "Identity" ? "1" : $"{Words(layer.Activation)}′(z{Superscript(layer.Number)})";

    public static string Superscript(int number) =>
        string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    public static string Initializer(LayerPlan layer) => layer.Initializer == "Default"
        ? $"global::GenNet.Activations.{layer.Activation}.DefaultInitializer"
        : $"global::GenNet.Initializer.{layer.Initializer}";

    /// <summary>The table of layers.</summary>
    public static IEnumerable<string> Table(NetworkPlan plan)
    {
        var rows = new List<string[]> { new[] { "layer", "shape", "activation", "parameters", "multiply-adds", "one sample" } };
        foreach (var layer in plan.Layers)
            rows.Add(new[]
            {
                Number(layer.Number),
                $"{Number(layer.Inputs)} → {Number(layer.Outputs)}",
                Words(layer.DeclaredActivation),
                Number(layer.Parameters),
                Number(layer.MultiplyAdds),
                (layer.Unrolled ? "unrolled" : "loop") + (layer.Parts == 1 ? ", one sum" : $", {Number(layer.Parts)} partial sums"),
            });
        rows.Add(new[] { "all", $"{Number(plan.Inputs)} → {Number(plan.Outputs)}", "", Number(plan.Parameters), Number(plan.MultiplyAdds), "" });
        return Columns(rows, 0, 3, 4);
    }

    /// <summary>Rows of cells as lines of text.</summary>
    public static IEnumerable<string> Columns(IReadOnlyList<string[]> rows, params int[] rightAligned)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row =>
            string.Join("  ", row.Select((cell, column) => rightAligned.Contains(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
