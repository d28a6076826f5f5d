using System.Collections.Immutable;
using System.Globalization;
using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Infrastructure;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using Microsoft.CodeAnalysis;

namespace GenNet.Generator.Weights;

/// <summary>Where a network's tensors lie in the file that it names, or why it cannot have them.</summary>
/// <param name="File">The file.</param>
/// <param name="Tensors">The network's tensors, in its order.</param>
/// <param name="Obstacle">What is wrong, or null.</param>
/// <param name="Arguments">Of the obstacle's message.</param>
sealed record WeightsMatch(WeightsFile? File, EquatableArray<WeightsTensor> Tensors, DiagnosticDescriptor? Obstacle, EquatableArray<string> Arguments)
{
    const string BatchCounter = "num_batches_tracked";

    static readonly string[] Types = ["F32", "F16", "BF16", "F64"];

    /// <summary>Finds the network's tensors.</summary>
    public static WeightsMatch Find(NetworkSpec spec, ImmutableArray<WeightsFile> files)
    {
        var meant = files.Where(file => file.IsMeantBy(spec.Weights!)).ToList();
        if (meant.Count == 0)
            return Refused(Descriptors.WeightsMissing, spec);
        var file = meant.Find(candidate => candidate.Name == spec.Weights) ?? meant[0];
        if (meant.Count > 1 && file.Name != spec.Weights)
            return Refused(Descriptors.WeightsAmbiguous, spec, string.Join(" and ", meant.Select(candidate => candidate.Name)));
        if (file.Fault.Length > 0)
            return Refused(Descriptors.WeightsUnreadable, spec, file.Fault);

        var schema = SchemaText.Network(Schema(spec));
        if (file.SchemaHash.Length > 0 && file.SchemaHash != SchemaText.Hash(schema).ToString("x16", CultureInfo.InvariantCulture))
            return Refused(Descriptors.WeightsDoNotFit, spec, $"they were written by a network that computes something else than {schema}; declare its layers and activations");

        if (spec.Types is { } types
            && (SchemaText.Difference(file.Inputs, string.Join("\n", TypedText.InputSchema(types))) ?? SchemaText.Difference(file.Outputs, string.Join("\n", TypedText.OutputSchema(types)))) is { } difference)
            return Refused(Descriptors.WeightsDoNotFit, spec, $"they were written by a network of other features, {difference}; declare the types as they were");

        var found = new List<WeightsTensor>();
        foreach (var (name, shape) in Expected(spec))
        {
            if (file.Tensors.FirstOrDefault(candidate => candidate.Name == name) is not { } tensor)
                return Refused(Descriptors.WeightsDoNotFit, spec, $"there is no tensor {name} {shape}; declare the layers that it was trained with");
            if (tensor.Shape != shape)
                return Refused(Descriptors.WeightsDoNotFit, spec, $"tensor {tensor} should be {shape}; declare the layers that it was trained with");
            if (!Types.Contains(tensor.Type))
                return Refused(Descriptors.WeightsDoNotFit, spec, $"tensor {tensor} is of type {tensor.Type}; write it as F32");
            found.Add(tensor);
        }
        var other = file.Tensors.FirstOrDefault(tensor => !found.Contains(tensor) && !tensor.Name.EndsWith(BatchCounter, StringComparison.Ordinal));
        return other is null
            ? new(file, found.ToEquatableArray(), null, default)
            : Refused(Descriptors.WeightsDoNotFit, spec, $"tensor {other} has no place; declare the layers that it was trained with");
    }

    static WeightsMatch Refused(DiagnosticDescriptor descriptor, NetworkSpec spec, params string[] details) =>
        new(null, default, descriptor, new[] { spec.Name, spec.Weights! }.Concat(details).ToEquatableArray());

    /// <summary>Names and shapes as PyTorch has them, where a layer is one module and its activation another.</summary>
    static IEnumerable<(string Name, string Shape)> Expected(NetworkSpec spec)
    {
        var inputs = spec.InputShapes();
        foreach (var (prefix, first, end) in spec.Branches())
        {
            var module = 0;
            for (var l = first; l < end; l++)
            {
                foreach (var tensor in spec.Layers[l].TensorsFor(inputs[l]))
                    yield return (string.Format(CultureInfo.InvariantCulture, "{0}{1}.{2}", prefix, module, tensor.Name),
                        tensor.Shape);
                module += spec.Layers[l].Activation == "Identity" ? 1 : 2;
            }
        }
    }

    /// <summary>What each layer computes, branch by branch.</summary>
    static IEnumerable<(string Prefix, IEnumerable<string> Layers)> Schema(NetworkSpec spec)
    {
        var inputs = spec.InputShapes();
        return spec.Branches().Select(branch => (branch.Prefix, Enumerable.Range(branch.First, branch.End - branch.First).Select(l => spec.Layers[l].SchemaOf(inputs[l]))));
    }
}
