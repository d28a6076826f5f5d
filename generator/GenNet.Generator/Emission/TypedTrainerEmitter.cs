using GenNet.Generator.Infrastructure;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Emission;

/// <summary>Writes what a trainer does with samples of a network's types.</summary>
static class TypedTrainerEmitter
{
    public static void WriteFields(SourceWriter writer, TypesSpec types) => writer.Write($"""
        readonly float[] _inputs;
        readonly {Element(types)}[] {Targets(types)};
        """);

    public static void WriteAllocation(SourceWriter writer, string network, TypesSpec types) => writer.Write($"""
            _inputs = new float[checked(batchSize * {network}.InputSize)];
            {Targets(types)} = new {Element(types)}[{(types.HasLabels ? "batchSize" : $"checked(batchSize * {network}.OutputSize)")}];
        """);

    public static void WriteMethods(SourceWriter writer, string network, TypesSpec types)
    {
        WriteMethod(writer, network, types, "Step", "Trains on one batch: forward, backward, update. Allocates nothing.", "The mean loss of the batch before the update.");
        WriteMethod(writer, network, types, "Backward", "Computes the gradients of one batch and keeps them, without changing the weights. Allocates nothing.", "The mean loss of the batch.");
        WriteMethod(writer, network, types, "Loss", "The mean loss of one batch. Changes nothing, allocates nothing.", "The mean loss of the batch.");
    }

    static void WriteMethod(SourceWriter writer, string network, TypesSpec types, string name, string summary, string returns) => writer.Write($$"""

        /// <summary>{{summary}}</summary>
        /// <param name="samples">Inputs, each with what the network should predict.</param>
        /// <returns>{{returns}}</returns>
        /// <exception cref="global::System.ArgumentException">There is no sample, there are more than the batch size, or an enum has a value that is none of its members.</exception>
        /// <exception cref="global::System.NotFiniteNumberException">A feature or the loss is not a finite number. The weights are as they were.</exception>
        {{types.Accessibility}} float {{name}}(global::System.ReadOnlySpan<{{TypedEmitter.Sample(types)}}> samples)
        {
            CheckBatch(samples.Length, nameof({{name}}), nameof(samples));
            {{Written(types, isJudged: name == "Loss")}}
            return {{name}}(
                new global::System.ReadOnlySpan<float>(_inputs, 0, samples.Length * {{network}}.InputSize),
                new global::System.ReadOnlySpan<{{Element(types)}}>({{Targets(types)}}, 0, samples.Length{{(types.HasLabels ? "" : $" * {network}.OutputSize")}}));
        }
        """);

    /// <summary>Writes the samples' features and what is to be predicted. What training refuses other ranks hear of, where there are some, which wait for this one.</summary>
    static string Written(TypesSpec types, bool isJudged) => isJudged ? $"WriteSamples(samples, _inputs, {Targets(types)});" : $$"""
        try
            {
                WriteSamples(samples, _inputs, {{Targets(types)}});
            }
            catch (global::System.Exception refusal)
            {
                TellRefusal(refusal);
                throw;
            }
        """;

    static string Element(TypesSpec types) => types.HasLabels ? "int" : "float";

    static string Targets(TypesSpec types) => types.HasLabels ? "_labels" : "_targets";
}
