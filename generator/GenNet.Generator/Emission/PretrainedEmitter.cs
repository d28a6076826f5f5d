using System.Globalization;
using GenNet.Generator.Infrastructure;
using GenNet.Generator.Planning;
using GenNet.Generator.Weights;
using Microsoft.CodeAnalysis.CSharp;

namespace GenNet.Generator.Emission;

/// <summary>Writes <c>Pretrained</c>, the network with weights that are compiled in.</summary>
static class PretrainedEmitter
{
    public static void Write(SourceWriter writer, NetworkPlan plan, WeightsMatch weights)
    {
        var (name, file) = (plan.Spec.Name, weights.File!);
        var schema = file.SchemaHash.Length == 0 ? "null" : $"0x{file.SchemaHash}UL";
        writer.Write($$"""

            /// <summary>The network with the weights that are compiled into the program: one for all, made when first used, safe from many threads at once.</summary>
            /// <remarks>To train on, make a network of your own and copy <see cref="Parameters"/> from it.</remarks>
            public static {{name}} Pretrained => PretrainedNetwork.Instance;

            static class PretrainedNetwork
            {
                public static readonly {{name}} Instance = new(new global::GenNet.CompiledWeights(
                    typeof({{name}}), {{SymbolDisplay.FormatLiteral(file.Name, quote: true)}}, length: {{file.Length.ToString(CultureInfo.InvariantCulture)}}, Architecture, schemaHash: {{schema}}));
            }

            {{name}}(global::GenNet.CompiledWeights weights)
            {
            """);
        for (var index = 0; index < weights.Tensors.Count; index++)
        {
            var tensor = weights.Tensors[index];
            writer.Write(string.Format(CultureInfo.InvariantCulture, "    weights.CopyTo(Parameters.Tensors[{0}], global::GenNet.SafeTensorType.{1}, offset: {2}); // {3}", index, tensor.Type, tensor.Offset, tensor));
        }
        NetworkEmitter.WriteFolding(writer, plan);
        writer.Write("}");
    }
}
