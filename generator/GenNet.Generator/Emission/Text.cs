using System.Globalization;
using System.Text.RegularExpressions;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Emission;

/// <summary>The words and equations of emitted comments.</summary>
static class Text
{
    /// <summary>Ends the short names of activations, which are words as they are.</summary>
    const string LinearUnit = "LU";

    static readonly Regex Word = new("[A-Z]+[a-z]*LU|[A-Z][a-z]+", RegexOptions.CultureInvariant);

    /// <summary>784 → 128 → 64 → 10.</summary>
    public static string Chain(NetworkPlan plan)
    {
        var trunk = plan.Layers.Take(plan.DeclaresHeads ? plan.Spec.TrunkLength : plan.Layers.Count);
        var ways = !plan.DeclaresHeads ? "" : $" → {{{string.Join(", ", plan.Heads.Select(head => $"{head.Name} {string.Join(" → ", plan.Layers.Skip(head.First - 1).Take(head.Layer.Number - head.First + 1).Select(layer => layer.Output))}"))}}}";
        return string.Join(" → ", trunk.Select(layer => layer.Output).Prepend(plan.Spec.Shape)) + ways;
    }

    /// <summary>LeakyReLU → leaky ReLU, HardTanh → hard tanh.</summary>
    public static string Words(string activation) => TypeNames.IsOwn(activation)
        ? TypeNames.Short(activation)
        : string.Join(" ", Word.Matches(activation).Cast<Match>().Select(word => word.Value.EndsWith(LinearUnit, StringComparison.Ordinal) ? word.Value : word.Value.ToLowerInvariant()));

    /// <summary>z¹ = xW¹ + b¹, a¹ = tanh(z¹): a layer as inference computes it.</summary>
    public static string Equation(StepPlan step)
    {
        var (z, x) = (Z(step.Layer, step.Sources), Superscript(step.Number));
        if (!step.Layer.Spec.IsActivated && !step.Folded)
            return $"a{x} = {z}";
        var equation = $"z{Superscript(step.Layer.Number)} = {z}, ";
        return step.Folded
            ? $"{equation}z{x} = its batch norm, folded into W and b, {Apply(step.Result, step.Result.DeclaredActivation)}"
            : equation + Apply(step.Layer, step.Layer.DeclaredActivation);
    }

    /// <summary>z¹ = xW¹ + b¹, a¹ = tanh(z¹): a layer as it is trained.</summary>
    public static string Equation(LayerPlan layer, string activation)
    {
        var n = Superscript(layer.Number);
        var z = layer.Spec.TrainedEquation(n, [.. layer.Sources.Select(A)]);
        return !layer.Spec.IsActivated ? $"a{n} = {z}" : $"z{n} = {z}, {Apply(layer, activation)}";
    }

    static string Apply(LayerPlan layer, string activation) =>
        $"a{Superscript(layer.Number)} = {(activation == "Identity" ? "" : Words(activation) + "(")}z{Superscript(layer.Number)}{(activation == "Identity" ? "" : ")")}";

    static string Z(LayerPlan layer, IEnumerable<int> sources) => layer.Spec.Equation(Superscript(layer.Number), [.. sources.Select(A)]);

    /// <summary>x, a¹, a² …</summary>
    static string A(int number) => number == 0 ? "x" : "a" + Superscript(number);

    /// <summary>tanh′(z¹).</summary>
    public static string Derivative(LayerPlan layer) =>
        layer.Activation == "Identity" ? "1" : $"{Words(layer.Activation)}′(z{Superscript(layer.Number)})";

    public static string Superscript(int number) =>
        string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    /// <summary>0.1 → 0.1f.</summary>
    public static string Single(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f";

    /// <summary>0.5 → 0.5.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The table of layers.</summary>
    public static IEnumerable<string> Table(NetworkPlan plan)
    {
        var rows = new List<string[]> { new[] { "layer", "head", "kind", "shape", "activation", "parameters", "bytes", "multiply-adds", "one sample" } };
        foreach (var layer in plan.Layers)
            rows.Add(new[]
            {
                Number(layer.Number),
                plan.Heads.LastOrDefault(head => head.First <= layer.Number)?.Name ?? "",
                layer.Spec.Words,
                layer.Shapes,
                Words(layer.DeclaredActivation),
                Number(layer.Parameters),
                Bytes(layer.Parameters),
                Number(layer.MultiplyAdds),
                Place(plan, layer),
            });
        rows.Add(new[] { "all", "", "", $"{plan.Spec.Shape} → {Number(plan.Outputs)}", "", Number(plan.Parameters), Bytes(plan.Parameters), Number(plan.MultiplyAdds), "" });
        return plan.DeclaresHeads ? Columns(rows, 0, 5, 6, 7) : Columns(rows.ConvertAll(row => row.Where((_, column) => column != 1).ToArray()), 0, 4, 5, 6);
    }

    /// <summary>Rows of cells as lines of text.</summary>
    public static IEnumerable<string> Columns(IReadOnlyList<string[]> rows, params int[] rightAligned)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row =>
            string.Join("  ", row.Select((cell, column) => rightAligned.Contains(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary>How one sample is computed.</summary>
    static string Place(NetworkPlan plan, LayerPlan layer)
    {
        var step = plan.Steps.FirstOrDefault(candidate => candidate.Layer == layer);
        if (step is null)
            return layer.Spec.OnlyTrains ? "nothing" : $"folded into layer {Number(layer.Number - 1)}";
        var sums = layer.Parts switch { 0 => "", 1 => ", one sum", _ => $", {Number(layer.Parts)} partial sums" };
        return (step.Unrolled && !plan.IsBatchOfOne ? "unrolled" : "loop") + sums;
    }

    /// <summary>What the parameters of a layer take.</summary>
    static string Bytes(int parameters) => ((long)parameters * sizeof(float)).ToString(CultureInfo.InvariantCulture);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
