using GenNet.Generator.Infrastructure;
using GenNet.Generator.Planning;
using GenNet.Kernels;

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
        var last = plan.Layers[plan.Layers.Count - 1];
        var unrolled = plan.Layers.Any(layer => layer.Unrolled);
        writer.Write($$"""
            /// <summary>Computes one sample. Safe from many threads at once, allocates nothing.</summary>
            /// <param name="input">[{{plan.Inputs}}] features.</param>
            /// <param name="output">[{{plan.Outputs}}] {{(plan.Softmax ? "probabilities" : "outputs")}}, written.</param>
            /// <exception cref="global::System.ArgumentException">A span has another length.</exception>
            public void Forward(global::System.ReadOnlySpan<float> input, global::System.Span<float> output)
            {
                if (input.Length != InputSize || output.Length != OutputSize)
                    global::GenNet.Guard.ThrowForwardLength("{{plan.Spec.Name}}", InputSize, input.Length, OutputSize, output.Length);

            """);
        writer.Indent++;
        if (plan.ActivationLength > Planner.StackLimit)
        {
            writer.Write("""

                // Too large for the stack: a batch of one, with the same bits.
                ForwardBatch(input, output);
                """);
            writer.Indent--;
            writer.Write("}");
            return;
        }
        writer.Write($$"""

            // Activations of every layer, each padded to whole cache lines, and room to start at one.
            global::System.Span<float> activations = stackalloc float[{{plan.ActivationLength + PanelLayout.Line}}];
            activations = global::GenNet.Layers.Dense.FromCacheLine(activations);
            ref readonly var x = ref {{Marshal}}.GetReference(input);
            ref var a = ref {{Marshal}}.GetReference(activations);
            """);
        if (unrolled)
        {
            writer.Write("""
                if (global::GenNet.Simd.SimdWidth.Bits == 512)
                    Forward<global::GenNet.Simd.Simd512, global::GenNet.Simd.Simd256>(ref Parameters.Reference, in x, ref a);
                else if (global::GenNet.Simd.SimdWidth.Bits == 256)
                    Forward<global::GenNet.Simd.Simd256, global::GenNet.Simd.Simd256>(ref Parameters.Reference, in x, ref a);
                else
                    Forward<global::GenNet.Simd.Simd128, global::GenNet.Simd.Simd128>(ref Parameters.Reference, in x, ref a);
                """);
        }
        else
        {
            writer.Write("ref var p = ref Parameters.Reference;\n");
            WriteLayers(writer, plan);
        }
        writer.Write($"""

            activations.Slice({last.ActivationOffset}, OutputSize).CopyTo(output);
            global::System.GC.KeepAlive(this);
            """);
        writer.Indent--;
        writer.Write("}");
        if (!unrolled)
            return;

        writer.Write("""

            /// <summary>The layers of one sample, with the widest vectors V, and H for panels of eight outputs.</summary>
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            static void Forward<V, H>(ref float p, ref readonly float x, ref float a)
                where V : struct, global::GenNet.Simd.ISimd<V>
                where H : struct, global::GenNet.Simd.ISimd<H>
            {
            """);
        writer.Indent++;
        WriteLayers(writer, plan);
        writer.Indent--;
        writer.Write("}");
    }

    static void WriteLayers(SourceWriter writer, NetworkPlan plan)
    {
        foreach (var layer in plan.Layers)
        {
            var n = layer.Number;
            writer.Write($"""
                // {Text.Equation(layer)}    {layer.Inputs} → {layer.Outputs}
                ref var a{n} = ref {Unsafe}.Add(ref a, {layer.ActivationOffset});
                """);
            var source = n == 1 ? "x" : $"a{n - 1}";
            if (layer.Unrolled)
                WriteUnrolled(writer, layer, source);
            else
                writer.Write($"global::GenNet.Layers.Dense.Forward<global::GenNet.Activations.{layer.Activation}>(Shape{n}, ref p, in {source}, ref a{n});");
            if (n < plan.Layers.Count)
                writer.Write("");
            else if (plan.Softmax)
                writer.Write($"global::GenNet.Layers.Dense.Softmax(ref a{n}, OutputSize);");
        }
    }

    /// <summary>One panel of outputs after the other: all multiply-adds of a vector of outputs in a row, the parts of each sum side by side.</summary>
    static void WriteUnrolled(SourceWriter writer, LayerPlan layer, string source)
    {
        for (var first = 0; first < layer.Outputs; first += PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(layer.Outputs, first);
            var vector = width switch { 4 => "global::GenNet.Simd.Simd128", 8 => "H", _ => "V" };
            var weights = layer.Offset + first * layer.Inputs;
            var starts = Enumerable.Range(0, layer.Parts + 1).Select(part => PartialSums.Start(layer.Inputs, layer.Parts, part)).ToArray();
            writer.Write($$"""
                for (nint j = 0; j < {{width}}; j += {{vector}}.Count)
                {
                    var z0 = {{vector}}.Load(in p, {{layer.BiasOffset + first}} + j);
                """);
            writer.Indent++;
            for (var part = 1; part < layer.Parts; part++)
                writer.Write($"var z{part} = {vector}.Zero;");
            for (var term = 0; term < starts[1]; term++)
                for (var part = 0; part < layer.Parts; part++)
                {
                    var k = starts[part] + term;
                    if (k < starts[part + 1])
                        writer.Write($"z{part} = {vector}.MultiplyAdd(in {source}, {k}, in p, {weights + k * width} + j, z{part});");
                }
            var sum = layer.Parts switch
            {
                1 => "z0",
                2 => "z0 + z1",
                4 => "(z0 + z1) + (z2 + z3)",
                _ => "((z0 + z1) + (z2 + z3)) + ((z4 + z5) + (z6 + z7))",
            };
            writer.Write($"global::GenNet.Activations.{layer.Activation}.Apply({sum}).Store(ref a{layer.Number}, {first} + j);");
            writer.Indent--;
            writer.Write("}");
        }
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
