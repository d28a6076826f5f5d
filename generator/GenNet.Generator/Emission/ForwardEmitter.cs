using GenNet.Generator.Infrastructure;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Emission;

/// <summary>Writes <c>Forward</c> for one sample and for a batch.</summary>
static class ForwardEmitter
{
    const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";
    const string Marshal = "global::System.Runtime.InteropServices.MemoryMarshal";

    public static void Write(SourceWriter writer, NetworkPlan plan)
    {
        WriteOneSample(writer, plan);
        writer.Write("");
        WriteBatch(writer, plan);
    }

    static void WriteOneSample(SourceWriter writer, NetworkPlan plan)
    {
        writer.Write($$"""
            /// <summary>Computes one sample. Safe from many threads at once, allocates nothing.</summary>
            /// <param name="input">[{{plan.Inputs}}] features.</param>
            /// <param name="output">[{{plan.Outputs}}] {{(plan.Softmax ? "probabilities" : "outputs")}}, written.</param>
            /// <exception cref="global::System.ArgumentException">A span has another length.</exception>
            public void Forward(global::System.ReadOnlySpan<float> input, global::System.Span<float> output)
            {
                if (input.Length != InputSize || output.Length != OutputSize)
                    global::GenNet.Guard.ThrowForwardLength("{{plan.Spec.Name}}", InputSize, input.Length, OutputSize, output.Length);

                // Activations of every layer, each padded to whole cache lines.
                global::System.Span<float> activations = stackalloc float[{{plan.ActivationLength}}];
                ref readonly var x = ref {{Marshal}}.GetReference(input);
                ref var p = ref Parameters.Reference;
            """);
        writer.Indent++;
        foreach (var layer in plan.Layers)
        {
            var source = layer.Number == 1 ? "in x" : $"in a{layer.Number - 1}";
            writer.Write($"""

                // {Text.Equation(layer)}    {layer.Inputs} → {layer.Outputs}
                ref var a{layer.Number} = ref activations[{layer.ActivationOffset}];
                global::GenNet.Layers.Dense.Forward<global::GenNet.Activations.{layer.Activation}>(Shape{layer.Number}, ref p, {source}, ref a{layer.Number});
                """);
        }
        var last = plan.Layers[plan.Layers.Count - 1];
        if (plan.Softmax)
            writer.Write($"global::GenNet.Layers.Dense.Softmax(ref a{last.Number}, OutputSize);");
        writer.Write($$"""

            activations.Slice({{last.ActivationOffset}}, OutputSize).CopyTo(output);
            """);
        writer.Indent--;
        writer.Write("}");
    }

    static void WriteBatch(SourceWriter writer, NetworkPlan plan)
    {
        writer.Write($$"""
            /// <summary>Computes many samples. Safe from many threads at once; a sample's output has the same bits as from <see cref="Forward"/>.</summary>
            /// <param name="inputs">[samples, {{plan.Inputs}}] features, row by row.</param>
            /// <param name="outputs">[samples, {{plan.Outputs}}] {{(plan.Softmax ? "probabilities" : "outputs")}}, written.</param>
            /// <exception cref="global::System.ArgumentException">A span's length is not a multiple of its row, or the two have different numbers of rows.</exception>
            public void ForwardBatch(global::System.ReadOnlySpan<float> inputs, global::System.Span<float> outputs) =>
                global::GenNet.BatchForward.Run(this, inputs, outputs);

            global::GenNet.Kernels.Rows global::GenNet.IRowNetwork.Forward(global::GenNet.Kernels.Rows x, global::GenNet.Workspace workspace)
            {
            """);
        writer.Indent++;
        var source = "x";
        foreach (var layer in plan.Layers)
        {
            writer.Write($"""
                // {Text.Equation(layer)}    {layer.Inputs} → {layer.Outputs}
                var a{layer.Number} = workspace.Dense<global::GenNet.Activations.{layer.Activation}>(Parameters, Shape{layer.Number}, {source});
                """);
            source = $"a{layer.Number}";
        }
        writer.Write(plan.Softmax ? $"return workspace.Softmax({source}, OutputSize);" : $"return {source};");
        writer.Indent--;
        writer.Write("}");
    }
}
