using GenNet.Generator.Infrastructure;
using GenNet.Generator.Layers;
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
        if (Math.Max(plan.Inputs, plan.Outputs) <= Planner.ValueLimit)
            WriteArrays(writer, plan);
        WriteBatch(writer, plan);
    }

    static void WriteOneSample(SourceWriter writer, NetworkPlan plan)
    {
        var last = plan.Steps[plan.Steps.Count - 1];
        var parameters = plan.Folds ? "_inference.Current" : "Parameters";
        writer.Write($$"""
            /// <summary>Computes one sample. Safe from many threads at once, allocates nothing.</summary>
            /// <param name="input">[{{plan.Inputs}}] features{{(plan.GoesStepByStep ? $", or {Text.Number(plan.Spec.Shape.Features)} of each of fewer steps" : "")}}.</param>
            /// <param name="output">[{{plan.Outputs}}] {{Outputs(plan)}}, written{{(plan.StepOutputs == plan.Outputs || !plan.GoesStepByStep ? "" : $": {Text.Number(plan.StepOutputs)} of each step")}}.</param>
            /// <exception cref="global::System.ArgumentException">A span has another length.</exception>{{(plan.LeavesStack ? "\n[global::System.Runtime.CompilerServices.SkipLocalsInit]" : "")}}
            public void Forward(global::System.ReadOnlySpan<float> input, global::System.Span<float> output)
            {
            """);
        writer.Indent++;
        if (plan.GoesStepByStep)
            writer.Write($$"""
                if (input.Length != InputSize)
                {
                    // Fewer steps, one after the other, with the same bits.
                    global::GenNet.Runtime.StepForward.RunSequence(this, StepSize, StepOutputSize, input, output{{(plan.AnswersEachStep ? "" : $", first: {Text.Number(plan.OutputPace.First)}, every: {Text.Number(plan.OutputPace.Every)}")}});
                    return;
                }
                """);
        writer.Write($"""
            if (input.Length != InputSize || output.Length != OutputSize)
                global::GenNet.Runtime.Guard.ThrowForwardLength("{plan.Spec.Name}", InputSize, input.Length, OutputSize, output.Length);

            """);
        if (plan.IsBatchOfOne)
        {
            writer.Write($"""

                // {(plan.Spec.Shape.IsImage ? "A row for each pixel" : plan.Spec.Positions > 1 || plan.Spec.Shape.HasNeighbours ? "A row for each position" : plan.TakesIndices ? "Where indices are looked at" : "Too large for the stack")}: a batch of one, with the same bits.
                global::GenNet.Runtime.BatchForward.Run(this, input, output);
                """);
            writer.Indent--;
            writer.Write("}");
            return;
        }
        writer.Write("");
        WriteStack(writer, plan, plan.ActivationLength, "input", plan.SharesActivations);
        writer.Write($"ForwardLayers{(plan.TrainsSamples ? $"<{TypeNames.Activation(last.Activation)}>" : "")}(ref {parameters}.Reference, in x, ref a);");
        WriteHeads(writer, plan, "OutputSize");
        writer.Write("global::System.GC.KeepAlive(this);");
        writer.Indent--;
        writer.Write("}");
        WriteForwardLayers(writer, plan);
    }

    /// <summary>Writes the memory of one sample's activations, or of one step's.</summary>
    public static void WriteStack(SourceWriter writer, NetworkPlan plan, int length, string input, bool shares = false)
    {
        writer.Write($$"""
            // Activations of every layer{{(shares ? " while somebody reads them" : "")}}, each padded to whole cache lines, and room to start at one.
            global::System.Span<float> activations = stackalloc float[{{length + PanelLayout.Line}}];
            activations = global::GenNet.Runtime.Sample.FromCacheLine(activations);
            ref readonly var x = ref {{Marshal}}.GetReference({{input}});
            ref var a = ref {{Marshal}}.GetReference(activations);
            """);
        if (plan.CopiesInput)
            writer.Write($"{input}.CopyTo(activations); // padded, for layers that read whole vectors");
    }

    /// <summary>Writes how the outputs of all heads come out of it.</summary>
    public static void WriteHeads(SourceWriter writer, NetworkPlan plan, string size)
    {
        foreach (var head in plan.Heads)
        {
            var (at, count) = (plan.Steps.First(step => step.Number == head.Value).ActivationOffset, plan.Heads.Count == 1 ? size : Text.Number(head.Layer.Outputs));
            if (head.Softmax)
                writer.Write($"global::GenNet.Runtime.Sample.Softmax(ref {At("a", at)}, {count});");
            writer.Write($"activations.Slice({at}, {count}).CopyTo(output{(head.Column == 0 ? "" : $".Slice({head.Column})")});{(plan.Heads.Count == 1 ? "" : $" // {head.Name}")}");
        }
    }

    /// <summary>What the outputs are, in words.</summary>
    public static string Outputs(NetworkPlan plan) => plan.DeclaresHeads
        ? "outputs: " + string.Join(", ", plan.Heads.Select(head => $"{head.Name} {head.Column}..{head.Column + head.Layer.Outputs}"))
        : plan.Softmax ? "probabilities" : "outputs";

    static void WriteForwardLayers(SourceWriter writer, NetworkPlan plan)
    {
        const string Parameters = "(ref float p, ref readonly float x, ref float a)";
        var (list, constraint) = plan.TrainsSamples ? ("<TOutput>", "where TOutput : struct, global::GenNet.Activations.IActivation") : ("", "");
        writer.Write($"""

            /// <summary>The layers of one sample{(plan.TrainsSamples ? ", the last with the activation TOutput: its own, or in training what the loss takes" : "")}.</summary>
            """);
        if (!plan.Steps.Any(step => step.Layer.Spec.IsProduct))
        {
            writer.Write($$"""
                static void ForwardLayers{{list}}{{Parameters}} {{constraint}}
                {
                """.Replace(" \n", "\n"));
            WriteBody(writer, plan);
            return;
        }
        // Optimised when it is first called, the choice does not have the runtime load vectors of other widths. Loops choose narrower vectors by themselves.
        var unrolls = plan.Steps.Any(step => step.Unrolled);
        var argument = plan.TrainsSamples ? ", TOutput" : "";
        var choice = string.Join("\n    else", VectorWidths.All.Select(width =>
            $"{(width.Condition.Length > 0 ? $" if ({width.Condition})" : "")}\n        ForwardLayers<{width.V}{(unrolls ? $", {width.H}, {width.Q}" : "")}{argument}>(ref p, in x, ref a);")).TrimStart();
        writer.Write($$"""
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining | global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            static void ForwardLayers{{list}}{{Parameters}} {{constraint}}
            {
                {{choice}}
            }

            /// <summary>The same with the widest vectors V{{(unrolls ? ", H for panels of eight outputs, and Q for panels of four" : "")}}.</summary>
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization | global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            static void ForwardLayers<V{{(unrolls ? ", H, Q" : "")}}{{argument}}>{{Parameters}}
                where V : struct, global::GenNet.Simd.ISimd<V>{{(unrolls ? """

                where H : struct, global::GenNet.Simd.ISimd<H>
                where Q : struct, global::GenNet.Simd.ISimd<Q>
            """ : "")}}
                {{constraint}}
            {
            """.Replace(" \n", "\n"));
        WriteBody(writer, plan);
    }

    /// <summary>
    /// The layers of one sample with the last activation that training has, in the method of its step: the inputs are <c>input</c>, the last layer's
    /// activations also <c>output</c>, in a register.
    /// </summary>
    /// <remarks>Not a call to be inlined: a method may inline the more, the longer it is itself.</remarks>
    public static void WriteForStep(SourceWriter writer, NetworkPlan plan)
    {
        var last = plan.Steps[plan.Steps.Count - 1];
        foreach (var step in plan.Steps)
        {
            writer.Write($"""
                // {Text.Equation(step.Layer, step == last ? plan.Head.TrainedOutput : step.Activation)}    {step.Layer.Shapes}
                ref var a{step.Number} = ref {At("a", step.ActivationOffset)};{(step == last ? "\nQ output;" : "")}
                """);
            WriteUnrolled(writer, step.Layer.Product, step.Sources[0] == 0 ? "input" : $"a{step.Sources[0]}", $"a{step.Number}", step.Activation, TypeNames.Activation(step == last ? plan.Head.TrainedOutput : step.Activation), step == last ? "output" : null);
            writer.Write("");
        }
    }

    static void WriteBody(SourceWriter writer, NetworkPlan plan)
    {
        writer.Indent++;
        WriteLayers(writer, plan);
        writer.Indent--;
        writer.Write("}");
    }

    static void WriteLayers(SourceWriter writer, NetworkPlan plan)
    {
        foreach (var step in plan.Steps)
        {
            var n = step.Number;
            writer.Write($"""
                // {Text.Equation(step)}    {step.Layer.Shapes}
                ref var a{n} = ref {At("a", step.ActivationOffset)};
                """);
            WriteLayer(writer, plan, step);
            if (step != plan.Steps[plan.Steps.Count - 1])
                writer.Write("");
        }
    }

    /// <summary>Writes what computes a layer of one sample, or of one step.</summary>
    public static void WriteLayer(SourceWriter writer, NetworkPlan plan, StepPlan step)
    {
        var product = step.Layer.Product;
        if (step.Unrolled)
            WriteUnrolled(writer, product, Value(plan, step.Sources[0]), $"a{step.Number}", step.Activation, Activation(plan, step));
        else
            writer.Write(step.Layer.Spec.IsProduct ? product.Call(Value(plan, step.Sources[0]), $"a{step.Number}", Activation(plan, step)) : Call(plan, step));
    }

    /// <summary>Writes a product of one step, whose sums stay as they are where no activation follows.</summary>
    public static void WriteProduct(SourceWriter writer, ProductPlan product, bool unrolled, string source, string target, string kind = "Identity")
    {
        var activation = TypeNames.Activation(kind);
        if (unrolled)
            WriteUnrolled(writer, product, source, target, kind, kind == "Identity" ? null : activation);
        else
            writer.Write(product.Call(source, target, activation));
    }

    /// <summary>The variable of the activations number <paramref name="number"/>; inputs that were copied start the memory of the activations.</summary>
    public static string Value(NetworkPlan plan, int number) => number > 0 ? $"a{number}" : plan.CopiesInput ? "a" : "x";

    static string Call(NetworkPlan plan, StepPlan step)
    {
        var layer = step.Layer;
        var arguments = layer.Spec.InferenceArguments(layer).ToList();
        if (layer.Parameters > 0)
            arguments.Add("ref p");
        arguments.AddRange(step.Sources.Select(source => $"in {Value(plan, source)}"));
        arguments.Add($"ref a{step.Number}");
        return $"global::GenNet.Runtime.{layer.Spec.Library}.Forward<{Activation(plan, step)}>({string.Join(", ", arguments)});";
    }

    static string Activation(NetworkPlan plan, StepPlan step) =>
        plan.TrainsSamples && step == plan.Steps[plan.Steps.Count - 1] ? "TOutput" : TypeNames.Activation(step.Activation);

    /// <summary>One panel of outputs after the other: all multiply-adds of a vector of outputs in a row, the parts of each sum side by side.</summary>
    /// <param name="writer">Writes it.</param>
    /// <param name="layer">The product.</param>
    /// <param name="source">The variable of what it takes.</param>
    /// <param name="target">That of what it gives.</param>
    /// <param name="kind">The activation.</param>
    /// <param name="activation">Its type; null where the sums stay as they are.</param>
    /// <param name="output">A variable that becomes the only vector of outputs too.</param>
    public static void WriteUnrolled(SourceWriter writer, ProductPlan layer, string source, string target, string kind, string? activation, string? output = null)
    {
        string Activated(string z) => activation is null ? z : $"{activation}.Apply({z})";
        // Whole panels are one loop, over their outputs o and weights w.
        var whole = layer.WholePanels;
        for (var first = 0; first < layer.Outputs; first += first == 0 && whole > 1 ? whole * PanelLayout.Width : PanelLayout.Width)
        {
            var width = PanelLayout.PanelWidth(layer.Outputs, first);
            var vector = width switch { 4 => "Q", 8 => "H", _ => "V" };
            var weights = layer.Offset + first * layer.Inputs;
            var starts = Enumerable.Range(0, layer.Parts + 1).Select(part => PartialSums.Start(layer.Inputs, layer.Parts, part)).ToArray();
            // Two vectors of outputs z and y share what is read of the inputs.
            var two = width == PanelLayout.Width;
            var several = first == 0 && whole > 1;
            var applied = two && !ActivationCost.Of(kind).IsShort;
            if (several)
            {
                writer.Write($"for (nint o = 0, w = 0; o < {whole * width}; o += {width}, w += {layer.Inputs * width}){(applied ? "\n{" : "")}");
                writer.Indent++;
            }
            // Four outputs are one vector on every hardware.
            var loop = width == 4 ? "" : $"for ({(several ? "nint" : "var")} j = 0; j < {width}; j += {(two ? "2 * " : "")}{vector}.Count)\n";
            string Index(int offset, string more = "o") => width == 4 ? $"{offset}" : (offset == 0 ? "" : $"{offset} + ") + (several ? more + " + j" : "j");
            writer.Write($$"""
                {{loop}}{
                    var z0 = {{vector}}.Load(in p, {{Index(layer.BiasOffset + first)}});
                """);
            writer.Indent++;
            if (two)
                writer.Write($"var y0 = {vector}.Load(in p, {Index(layer.BiasOffset + first)} + {vector}.Count);");
            for (var part = 1; part < layer.Parts; part++)
                writer.Write(two ? $"{vector} z{part} = {vector}.Zero, y{part} = z{part};" : $"var z{part} = {vector}.Zero;");
            for (var term = 0; term < starts[1]; term++)
                for (var part = 0; part < layer.Parts; part++)
                {
                    var k = starts[part] + term;
                    var operands = $"in {source}, {k}, in p, {Index(weights + k * width, "w")}";
                    if (k < starts[part + 1])
                        writer.Write(two ? $"{vector}.MultiplyAdd({operands}, ref z{part}, ref y{part});" : $"z{part} = {vector}.MultiplyAdd({operands}, z{part});");
                }
            var sum = layer.Parts switch
            {
                1 => "z0",
                2 => "z0 + z1",
                4 => "(z0 + z1) + (z2 + z3)",
                _ => "((z0 + z1) + (z2 + z3)) + ((z4 + z5) + (z6 + z7))",
            };
            var place = $"ref {target}, {Index(first)}";
            if (applied)
            {
                writer.Write($"""
                    ({sum}).Store({place});
                    ({sum.Replace('z', 'y')}).Store({place} + {vector}.Count);
                    """);
                writer.Indent--;
                writer.Write($$"""
                    }
                    for (nint j = 0; j < {{width}}; j += {{vector}}.Count)
                        {{activation}}.Apply({{vector}}.Load(in {{target}}, {{Index(first)}})).Store({{place}});
                    """);
                if (several)
                {
                    writer.Indent--;
                    writer.Write("}");
                }
                continue;
            }
            if (activation is null && layer.Parts > 1)
                sum = $"({sum})";
            writer.Write(output is null ? $"{Activated(sum)}.Store({place});" : $"{output} = {Activated(sum)};\n{output}.Store({place});");
            if (two)
                writer.Write($"{Activated(sum.Replace('z', 'y'))}.Store({place} + {vector}.Count);");
            writer.Indent--;
            writer.Write("}");
            if (several)
                writer.Indent--;
        }
    }

    /// <summary>A variable so many floats behind another.</summary>
    public static string At(string variable, int offset) => offset == 0 ? variable : $"{Unsafe}.Add(ref {variable}, {offset})";

    /// <summary>Types of one length only, which live on the stack or in a field.</summary>
    static void WriteArrays(SourceWriter writer, NetworkPlan plan)
    {
        // An attribute cannot name a type that depends on type parameters, as one does that stands in a generic type.
        var builder = plan.Spec.Containers.Any(container => container.Name.Contains('<'))
            ? ""
            : "\n[global::System.Runtime.CompilerServices.CollectionBuilder(typeof(InputArray), \"Create\")]";
        writer.Write($$"""
            /// <summary>[{{plan.Inputs}}] features: an array by value, which is also a span, and can be written as a collection expression.</summary>
            {{NetworkEmitter.GeneratedCode}}
            [global::System.Runtime.CompilerServices.InlineArray(InputSize)]{{builder}}
            public struct InputArray
            {
                float _first;

                /// <summary>The array of a collection expression.</summary>
                /// <exception cref="global::System.ArgumentException">There are not {{plan.Inputs}} features.</exception>
                public static InputArray Create(global::System.ReadOnlySpan<float> features)
                {
                    if (features.Length != InputSize)
                        global::GenNet.Runtime.Guard.ThrowInputLength("{{plan.Spec.Name}}", InputSize, features.Length);
                    {{Unsafe}}.SkipInit(out InputArray array);
                    features.CopyTo(array);
                    return array;
                }

                /// <summary>Goes from feature to feature.</summary>
                [global::System.Diagnostics.CodeAnalysis.UnscopedRef]
                public global::System.ReadOnlySpan<float>.Enumerator GetEnumerator() => ((global::System.ReadOnlySpan<float>)this).GetEnumerator();

                /// <summary>The numbers in words, of many the first.</summary>
                public override readonly string ToString() => global::GenNet.Runtime.ArrayText.Of(this);
            }

            /// <summary>[{{plan.Outputs}}] {{Outputs(plan)}}: an array by value, which is also a span.</summary>
            {{NetworkEmitter.GeneratedCode}}
            [global::System.Runtime.CompilerServices.InlineArray(OutputSize)]
            public struct OutputArray
            {
                float _first;

                /// <summary>The numbers in words, of many the first.</summary>
                public override readonly string ToString() => global::GenNet.Runtime.ArrayText.Of(this);
            }

            /// <summary>Computes one sample, whose length cannot be wrong.</summary>
            public OutputArray Forward(in InputArray input)
            {
                {{Unsafe}}.SkipInit(out OutputArray output);
                Forward((global::System.ReadOnlySpan<float>)input, (global::System.Span<float>)output);
                return output;
            }

            """);
    }

    static void WriteBatch(SourceWriter writer, NetworkPlan plan)
    {
        writer.Write($$"""
            /// <summary>Computes many samples. Safe from many threads at once; a sample's output has the same bits as from <see cref="Forward(global::System.ReadOnlySpan{float}, global::System.Span{float})"/>.</summary>
            /// <param name="inputs">[samples, {{plan.Inputs}}] features, row by row.</param>
            /// <param name="outputs">[samples, {{plan.Outputs}}] {{Outputs(plan)}}, written.</param>
            /// <exception cref="global::System.ArgumentException">A span's length is not a multiple of its row, or the two have different numbers of rows.</exception>
            public void ForwardBatch(global::System.ReadOnlySpan<float> inputs, global::System.Span<float> outputs){{(plan.IsBatchOfOne ? " =>" : "")}}
            """);
        writer.Write(plan.IsBatchOfOne
            ? "    global::GenNet.Runtime.BatchForward.Run(this, inputs, outputs);"
            : """
            {
                // One sample does without the places of many.
                if (inputs.Length == InputSize && outputs.Length == OutputSize)
                    Forward(inputs, outputs);
                else
                    global::GenNet.Runtime.BatchForward.Run(this, inputs, outputs);
            }
            """);
        writer.Write($$"""

            {{(plan.Spec.Positions > 1 ? $"int global::GenNet.Runtime.IRowNetwork.Positions => {Text.Number(plan.Spec.Positions)};\n\n" : "")}}{{(plan.TakesIndices ? "bool global::GenNet.Runtime.IRowNetwork.TakesIndices => true;\n\n" : "")}}global::GenNet.Runtime.Rows global::GenNet.Runtime.IRowNetwork.Forward(in global::GenNet.Runtime.Rows x, global::GenNet.Runtime.Workspace workspace)
            {
            """);
        writer.Indent++;
        if (plan.Folds)
            writer.Write("var parameters = _inference.Current;");
        if (plan.Spec.Positions > 1)
            writer.Write($"var {Inputs(plan.Spec)} = {InputRows(plan.Spec)};");
        if (plan.CopiesInput)
            writer.Write($"var a0 = workspace.Copy(0, {Features(plan.Spec)}, {Inputs(plan.Spec)});");
        foreach (var step in plan.Steps)
        {
            writer.Write($"""
                // {Text.Equation(step)}    {step.Layer.Shapes}
                var a{step.Number} = {BatchCall(plan, step)};
                """);
            WriteSoftmaxOfPositions(writer, plan, step);
        }
        WriteOutputs(writer, plan, number => $"a{number}");
        writer.Indent--;
        writer.Write("}");
        if (plan.Spec.IsSequence)
            StepEmitter.Write(writer, plan);
    }

    /// <summary>Writes the softmax of each position, before one row is made of all.</summary>
    public static void WriteSoftmaxOfPositions(SourceWriter writer, NetworkPlan plan, StepPlan step)
    {
        if (plan.Heads[0].ScoresPositions && step.Number == plan.Heads[0].Scored.Number)
            writer.Write($"workspace.Softmax(a{step.Number}, {Text.Number(step.Layer.Outputs)});");
    }

    /// <summary>Writes the end of a method that computes rows.</summary>
    public static void WriteOutputs(SourceWriter writer, NetworkPlan plan, Func<int, string> value, string size = "OutputSize")
    {
        if (plan.Heads.Count == 1)
            writer.Write(plan.Softmax && !plan.Heads[0].ScoresPositions ? $"return workspace.Softmax({value(plan.Heads[0].Value)}, {size});" : $"return {value(plan.Heads[0].Value)};");
        else
        {
            writer.Write($"""

                // The outputs of all heads
                var y = workspace.Rows({plan.Steps.Max(step => step.Slot) + 1}, {size}, x.Count);
                """);
            foreach (var head in plan.Heads)
                writer.Write($"workspace.Join({(head.Softmax ? $"workspace.Softmax({value(head.Value)}, {head.Layer.Outputs})" : value(head.Value))}, {head.Layer.Outputs}, y{(head.Column == 0 ? "" : $".From({head.Column})")}); // {head.Name}");
            writer.Write("return y;");
        }
    }

    /// <summary>The inputs, a row for each position.</summary>
    public static string InputRows(Specification.NetworkSpec spec) => spec.Positions == 1 ? "x" : $"x.Positions({Text.Number(spec.Positions)}, {Text.Number(spec.Shape.Features)})";

    /// <summary>The variable that holds them.</summary>
    public static string Inputs(Specification.NetworkSpec spec) => spec.Shape.IsImage && spec.Positions > 1 ? "pixels" : spec.Positions == 1 ? "x" : "steps";

    /// <summary>Their length.</summary>
    public static string Features(Specification.NetworkSpec spec) => spec.Positions == 1 ? "InputSize" : Text.Number(spec.Shape.Features);

    static string BatchCall(NetworkPlan plan, StepPlan step)
    {
        return Call(plan, step, "Forward", step.Layer.Spec.InferenceArguments(step.Layer), number => number > 0 || plan.CopiesInput ? $"a{number}" : Inputs(plan.Spec), state: null);
    }

    /// <summary>The call that computes a layer for some rows.</summary>
    public static string Call(NetworkPlan plan, StepPlan step, string method, IEnumerable<string> own, Func<int, string> value, string? state)
    {
        var layer = step.Layer;
        var arguments = new List<string> { "workspace", Text.Number(step.Slot) };
        if (layer.Parameters > 0)
            arguments.Add(plan.Folds ? "parameters" : "Parameters");
        arguments.AddRange(own);
        arguments.AddRange(step.Sources.Select(value));
        if (state is not null)
            arguments.Add(state);
        return $"global::GenNet.Runtime.{layer.Spec.Library}.{method}{(layer.Spec.IsActivated ? $"<{TypeNames.Activation(step.Activation)}>" : "")}({string.Join(", ", arguments)})";
    }
}
