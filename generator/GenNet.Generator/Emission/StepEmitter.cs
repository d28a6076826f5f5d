using GenNet.Generator.Infrastructure;
using GenNet.Generator.Layers;
using GenNet.Generator.Planning;
using GenNet.Kernels;

namespace GenNet.Generator.Emission;

/// <summary>Writes what computes the next step of a stream, and of each of many.</summary>
static class StepEmitter
{
    const string State = "global::GenNet.NetworkState";

    /// <summary>Writes the methods, or says why there are none.</summary>
    public static void Write(SourceWriter writer, NetworkPlan plan)
    {
        if (plan.NotByStep is var (obstacle, why))
        {
            var message = $"{plan.Spec.Name} cannot go step by step: layer {obstacle.Number}, {obstacle.Spec.Words}, {why}.";
            writer.Write($$"""

                /// <summary>There is none: layer {{obstacle.Number}}, {{obstacle.Spec.Words}}, {{why}}.</summary>
                /// <exception cref="global::System.NotSupportedException">Always.</exception>
                [global::System.Obsolete("{{message}}", error: true)]
                public {{State}} CreateState(int streams = 1) => throw new global::System.NotSupportedException("{{message}}");
                """);
            return;
        }
        writer.Write($$"""

            /// <summary>Features of one step.</summary>
            public const int StepSize = {{plan.Spec.Shape.Features}};

            /// <summary>Outputs of one step.</summary>
            public const int StepOutputSize = {{plan.StepOutputs}};

            /// <summary>Values that a stream's state has.</summary>
            public const int StateSize = {{plan.StateSize}};

            /// <summary>The memory of one stream, whose steps come one by one. Zeros, as before the first step.</summary>
            public {{State}} CreateState() => new(Architecture, streams: 1);

            /// <summary>The memory of many streams.</summary>
            /// <param name="streams">Number of streams.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException"><paramref name="streams"/> is not positive, or they do not fit an array.</exception>
            public {{State}} CreateState(int streams) => new(Architecture, streams);

            """);
        WriteOneStream(writer, plan);
        var (type, answered, some) = plan.AnswersEachStep ? ("void", "", "") : ("int", ", answered", " where there are any");
        writer.Write($$"""

            /// <summary>Computes the next step of each of many streams. A stream's outputs have the same bits as by itself. Allocates nothing.</summary>
            /// <param name="steps">[streams, {{plan.Spec.Shape.Features}}] features of each stream's step.</param>
            /// <param name="states">The streams' memory, written: for one thread at a time.</param>
            /// <param name="outputs">[streams, {{plan.StepOutputs}}] {{ForwardEmitter.Outputs(plan)}}, written{{some}}.</param>{{(plan.AnswersEachStep ? "" : """

            /// <param name="answered">[streams] whether there are outputs of a stream's step, written.</param>
            /// <returns>Streams that have outputs.</returns>
            """)}}
            /// <exception cref="global::System.ArgumentException">A span has another length, or the states are another network's.</exception>
            public {{type}} ForwardBatch(global::System.ReadOnlySpan<float> steps, {{State}} states, global::System.Span<float> outputs{{(plan.AnswersEachStep ? "" : ", global::System.Span<bool> answered")}}) =>
                global::GenNet.Runtime.StepForward.Run(this, StepSize, StepOutputSize, steps, states, outputs{{answered}});

            """);
        WriteStreams(writer, plan);
    }

    /// <summary>With which steps outputs come, in words.</summary>
    static string Paced(StreamPace pace) =>
        (pace.Every == 1 ? "" : $" Of {Text.Number(pace.Every)} steps one has outputs{(pace.First == 0 ? ", the first of a stream too" : "")}.") +
        (pace.First == 0 ? "" : $" The first {Text.Number(pace.First)} of a stream have none.");

    static void WriteOneStream(SourceWriter writer, NetworkPlan plan)
    {
        var (each, pace) = (plan.AnswersEachStep, plan.OutputPace);
        writer.Write($$"""
            /// <summary>Computes the next step of a stream, with the bits that <see cref="Forward(global::System.ReadOnlySpan{float}, global::System.Span{float})"/> has of as many steps at once.{{(each ? "" : Paced(pace))}} Allocates nothing.</summary>
            /// <param name="step">[{{plan.Spec.Shape.Features}}] features of the step.</param>
            /// <param name="state">The stream's memory, written: for one thread at a time.</param>
            /// <param name="output">[{{plan.StepOutputs}}] {{ForwardEmitter.Outputs(plan)}}, written{{(each ? "" : " where there are any")}}.</param>{{(each ? "" : "\n/// <returns>Whether the step has outputs.</returns>")}}
            /// <exception cref="global::System.ArgumentException">A span has another length, or the state is another network's or has several streams.</exception>{{(plan.StepsOnStack && plan.LeavesStack ? "\n[global::System.Runtime.CompilerServices.SkipLocalsInit]" : "")}}
            public {{(each ? "void" : "bool")}} Forward(global::System.ReadOnlySpan<float> step, {{State}} state, global::System.Span<float> output)
            """);
        if (!plan.StepsOnStack)
        {
            writer.Write("    => global::GenNet.Runtime.StepForward.RunOne(this, StepSize, StepOutputSize, step, state, output);");
            return;
        }
        writer.Write("{");
        writer.Indent++;
        writer.Write("ref var h = ref global::GenNet.Runtime.StepForward.Begin(Architecture, StepSize, StepOutputSize, step, state, output);");
        writer.Write("");
        ForwardEmitter.WriteStack(writer, plan, plan.StepLength, "step");
        writer.Write($"{(each ? "" : "var answered = ")}StepLayers(ref {(plan.Folds ? "_inference.Current" : "Parameters")}.Reference, in x, ref h, ref a);");
        if (!each)
        {
            writer.Write("if (answered)\n{");
            writer.Indent++;
        }
        ForwardEmitter.WriteHeads(writer, plan, "StepOutputSize");
        if (!each)
        {
            writer.Indent--;
            writer.Write("}");
        }
        writer.Write("global::System.GC.KeepAlive(state);");
        writer.Write("global::System.GC.KeepAlive(this);");
        if (!each)
            writer.Write("return answered;");
        writer.Indent--;
        writer.Write("}");
        WriteStepLayers(writer, plan);
    }

    static void WriteStepLayers(SourceWriter writer, NetworkPlan plan)
    {
        const string Parameters = "(ref float p, ref readonly float x, ref float h, ref float a)";
        var (type, returns) = plan.AnswersEachStep ? ("void", "") : ("bool", "return ");
        var choice = string.Join("\n    else", VectorWidths.All.Select(width =>
            $"{(width.Condition.Length > 0 ? $" if ({width.Condition})" : "")}\n        {returns}StepLayers<{width.V}, {width.H}, {width.Q}>(ref p, in x, ref h, ref a);")).TrimStart();
        writer.Write($$"""

            /// <summary>The layers of one step, from the state h on, which becomes the next.{{(plan.AnswersEachStep ? "" : " Whether it has outputs.")}}</summary>
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining | global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            static {{type}} StepLayers{{Parameters}}
            {
                {{choice}}
            }

            /// <summary>The same with the widest vectors V, H for eight values, and Q for four.</summary>
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization | global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            static {{type}} StepLayers<V, H, Q>{{Parameters}}
                where V : struct, global::GenNet.Simd.ISimd<V>
                where H : struct, global::GenNet.Simd.ISimd<H>
                where Q : struct, global::GenNet.Simd.ISimd<Q>
            {
            """);
        writer.Indent++;
        var offset = 0;
        if (plan.Steps.Any(step => step.Layer.Spec.GatesLength > 0))
            writer.Write($"""
                // What the gates of a layer get of the step, and of the state before it
                ref var g = ref {ForwardEmitter.At("a", plan.ActivationLength)};
                ref var u = ref {ForwardEmitter.At("a", plan.ActivationLength + plan.GatesLength)};

                """);
        foreach (var step in plan.Steps)
        {
            if (step != plan.Steps[0])
                writer.Write("");
            WriteStep(writer, plan, step, offset);
            offset += step.Layer.StateLength;
        }
        if (!plan.AnswersEachStep)
            writer.Write("return true;");
        writer.Indent--;
        writer.Write("}");
    }

    static void WriteStep(SourceWriter writer, NetworkPlan plan, StepPlan step, int state)
    {
        var (n, layer) = (step.Number, step.Layer);
        writer.Write($"// {Text.Equation(step)}");
        if (layer.Spec.PassesSteps)
        {
            writer.Write($"ref {(step.Sources[0] == 0 && !plan.CopiesInput ? "readonly " : "")}var a{n} = ref {ForwardEmitter.Value(plan, step.Sources[0])};");
            return;
        }
        writer.Write($"ref var a{n} = ref {ForwardEmitter.At("a", step.ActivationOffset)};");
        var source = ForwardEmitter.Value(plan, step.Sources[0]);
        if (layer.StateLength > 0)
            writer.Write($"ref var h{n} = ref {ForwardEmitter.At("h", state)};");
        if (layer.Spec.WritesStep)
        {
            layer.Spec.WriteStep(writer, step, source);
            return;
        }
        if (layer.Spec is not RecurrentSpec recurrent)
        {
            ForwardEmitter.WriteLayer(writer, plan, step);
            return;
        }
        if (recurrent.HasCell)
            writer.Write($"ref var c{n} = ref {ForwardEmitter.At("h", state + layer.StateLength / 2)};");
        var products = recurrent.Products(layer);
        ForwardEmitter.WriteProduct(writer, products[0], step.Unrolls[0], source, "g");
        var product = products[1];
        var keeps = !step.Unrolls[1] && recurrent.KeepsProduct;
        if (!keeps)
            ForwardEmitter.WriteProduct(writer, product, step.Unrolls[1], $"h{n}", "u");
        var ofProduct = keeps ? $", parts: {product.Parts}, weights: {product.Offset}, biases: {product.BiasOffset}, ref p" : "";
        var vector = recurrent.Units switch { >= 16 => "V", >= 8 => "H", _ => "Q" };
        writer.Write($"global::GenNet.Runtime.{recurrent.Library}.Next<{vector}>({recurrent.Units}{recurrent.More}{ofProduct}, ref g, ref u, ref h{n}, {(recurrent.HasCell ? $"ref c{n}, " : "")}ref a{n});");
    }

    static void WriteStreams(SourceWriter writer, NetworkPlan plan)
    {
        writer.Write($$"""
            global::GenNet.Runtime.Rows global::GenNet.Runtime.IStepNetwork.Step(in global::GenNet.Runtime.Rows x, global::GenNet.Runtime.Workspace workspace, in global::GenNet.Runtime.Rows states)
            {
            """);
        writer.Indent++;
        if (plan.Folds)
            writer.Write("var parameters = _inference.Current;");
        if (plan.CopiesInput)
            writer.Write($"var a0 = workspace.Copy(0, {ForwardEmitter.Features(plan.Spec)}, x);");
        string Value(int number) => number > 0 || plan.CopiesInput ? $"a{number}" : "x";
        var offset = 0;
        foreach (var step in plan.Steps)
        {
            var spec = step.Layer.Spec;
            var call = ForwardEmitter.Call(plan, step, spec.HasStep ? "Step" : "Forward", spec.StepArguments(step.Layer), Value, !spec.StepTakesState ? null : offset == 0 ? "states" : $"states.From({offset})");
            writer.Write($"""
                // {Text.Equation(step)}
                var a{step.Number} = {call};
                """);
            if (spec.SkipsSteps)
                writer.Write($"if (a{step.Number}.Count == 0)\n    return a{step.Number};");
            ForwardEmitter.WriteSoftmaxOfPositions(writer, plan, step);
            offset += step.Layer.StateLength;
        }
        ForwardEmitter.WriteOutputs(writer, plan, Value, "StepOutputSize");
        writer.Indent--;
        writer.Write("}");
    }
}
