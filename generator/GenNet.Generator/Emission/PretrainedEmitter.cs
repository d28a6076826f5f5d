using System.Globalization;
using GenNet.Generator.Infrastructure;
using GenNet.Generator.Layers;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Generator.Weights;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Generator.Emission;

/// <summary>Writes <c>Pretrained</c>, the network with weights that are compiled in.</summary>
static class PretrainedEmitter
{
    public static void Write(SourceWriter writer, NetworkPlan plan, WeightsMatch weights)
    {
        var (name, file) = (plan.Spec.Name, weights.File!);
        writer.Write($$"""

            /// <summary>The network with the weights that are compiled into the program: one for all, made when first used, safe from many threads at once.</summary>
            /// <remarks>To train on, take a <see cref="Clone"/>.</remarks>
            public static {{name}} Pretrained => PretrainedNetwork.Instance;

            static class PretrainedNetwork
            {
                public static readonly {{name}} Instance = new(new global::GenNet.Runtime.CompiledWeights(
                    typeof({{name}}), {{SymbolDisplay.FormatLiteral("GenNet.Weights/" + file.Name, quote: true)}}, length: {{file.Length.ToString(CultureInfo.InvariantCulture)}}));
            }
            {{NetworkEmitter.Promise(plan.Spec)}}
            {{name}}(global::GenNet.Runtime.CompiledWeights weights)
            {
            """);
        foreach (var (place, tensor) in plan.Layers.SelectMany(Places).Zip(weights.Tensors, (place, tensor) => (place, tensor)))
            writer.Write($"    weights.CopyTo(Parameters, {place}, global::GenNet.SafeTensorType.{tensor.Type}, offset: {tensor.Offset.ToString(CultureInfo.InvariantCulture)}); // {tensor}");
        NetworkEmitter.WriteFolding(writer, plan);
        writer.Write("}");
    }

    /// <summary>Where a layer's tensors go, in the order of <see cref="WeightsMatch.Tensors"/>.</summary>
    static IEnumerable<string> Places(LayerPlan layer) =>
        layer.Spec.TensorsFor(layer.Input).Select(tensor => Place((tensor.Trained ? layer.Offset : layer.StatisticsOffset) + tensor.First, tensor.Length) + Order(tensor));

    /// <summary>What says in which order files have it. A convolution's, whose shape tells, is changed while the program is built.</summary>
    static string Order(TensorSpec tensor) => tensor is { Pixels: > 1, ColumnShape: null }
        ? string.Format(CultureInfo.InvariantCulture, ", rows: {0}, columns: {1}, pixels: {2}", tensor.Rows, tensor.Columns, tensor.Pixels)
        : "";

    static string Place(int first, int length) => string.Format(CultureInfo.InvariantCulture, "first: {0}, length: {1}", first, length);
}
