using GenNet.Generator.Infrastructure;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Emission;

/// <summary>Writes the network's trainer: forward, backward and the views of the gradients.</summary>
static class TrainerEmitter
{
    public static void Write(SourceWriter writer, NetworkPlan plan)
    {
        var name = plan.Spec.Name;
        var layers = plan.Layers;
        var types = plan.Spec.Types;
        var last = layers[layers.Count - 1];
        writer.Write($$"""
            /// <summary>Gradients, optimiser state and activations to train this network with.</summary>
            /// <param name="optimizer">How a gradient changes a weight.</param>
            /// <param name="batchSize">The largest number of samples that a step takes.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive.</exception>
            public Trainer<TOptimizer> CreateTrainer<TOptimizer>(TOptimizer optimizer, int batchSize) where TOptimizer : struct, global::GenNet.IOptimizer<TOptimizer> =>
                new(this, optimizer, batchSize);

            /// <summary>Trains a <see cref="{{name}}"/>.</summary>
            public sealed class Trainer<TOptimizer> : global::GenNet.Trainer<TOptimizer> where TOptimizer : struct, global::GenNet.IOptimizer<TOptimizer>
            {
            """);
        writer.Indent++;
        writer.Write($"readonly global::GenNet.Layers.DenseTraining {string.Join(", ", layers.Select(layer => $"_layer{layer.Number}"))};");
        if (types is not null)
            TypedTrainerEmitter.WriteFields(writer, types);
        writer.Write($$"""

            internal Trainer({{name}} network, TOptimizer optimizer, int batchSize) : base(network, network.Parameters, optimizer, batchSize)
            {
            """);
        foreach (var layer in layers)
        {
            var activation = layer == last ? plan.TrainedOutput : layer.Activation;
            writer.Write($"    _layer{layer.Number} = new(network.Parameters, Shape{layer.Number}, RowsAtOnce, Threads, global::GenNet.Activations.{activation}.DerivativeNeedsPreactivation);");
        }
        if (types is not null)
            TypedTrainerEmitter.WriteAllocation(writer, name, types);
        writer.Write($$"""
            }

            /// <summary>The gradients of each layer's weights and biases that <c>Backward</c> kept.</summary>
            public GradientViews Gradients => new(GradientBlock);

            /// <inheritdoc/>
            protected override void Forward(global::GenNet.Kernels.Rows x, global::GenNet.Losses.Targets targets, int samples, global::GenNet.Kernels.Share share)
            {
            """);
        writer.Indent++;
        var source = "x";
        foreach (var layer in layers)
        {
            var activation = layer == last ? plan.TrainedOutput : layer.Activation;
            writer.Write($"""
                // {Text.Equation(layer, activation)}    {layer.Inputs} → {layer.Outputs}
                _layer{layer.Number}.Forward<global::GenNet.Activations.{activation}>({source}, share);
                """);
            if (layer != last)
            {
                source = $"a{layer.Number}";
                writer.Write($"var {source} = _layer{layer.Number}.Activations(x.Count);");
            }
            writer.Write("");
        }
        writer.Write($$"""
            // L = {{plan.LossName}}, δ{{Text.Superscript(last.Number)}} = ∂L/∂z = {{plan.DeltaEquation}}
            _layer{{last.Number}}.Loss<global::GenNet.Losses.{{plan.LossHead}}>(targets, samples, share);
            """);
        writer.Indent--;
        writer.Write($$"""
            }

            /// <inheritdoc/>
            protected override double MeanLoss(int rows, int samples) => _layer{{last.Number}}.MeanLoss<global::GenNet.Losses.{{plan.LossHead}}>(rows, samples);

            /// <inheritdoc/>
            protected override void Backward(global::GenNet.Kernels.Share share)
            {
            """);
        writer.Indent++;
        for (var l = layers.Count - 1; l > 0; l--)
        {
            var (n, below) = (layers[l].Number, layers[l - 1]);
            writer.Write($"""
                // δ{Text.Superscript(n - 1)} = δ{Text.Superscript(n)}(W{Text.Superscript(n)})ᵀ ∘ {Text.Derivative(below)}
                _layer{n}.BackwardTo<global::GenNet.Activations.{below.Activation}>(_layer{n - 1}, share);
                """);
            if (l > 1)
                writer.Write("");
        }
        writer.Indent--;
        writer.Write("""
            }

            /// <inheritdoc/>
            protected override void UseGradients(global::GenNet.Kernels.Rows x, in global::GenNet.Kernels.GradientUse<TOptimizer> use, global::GenNet.Kernels.Share share)
            {
            """);
        writer.Indent++;
        for (var l = layers.Count - 1; l > 0; l--)
        {
            var n = layers[l].Number;
            var (s, b) = (Text.Superscript(n), Text.Superscript(n - 1));
            writer.Write($"""
                // ∂L/∂W{s} = (a{b})ᵀδ{s}, ∂L/∂b{s} = Σδ{s}
                _layer{n}.Gradient(_layer{n - 1}.Activations(x.Count), use, share);

                """);
        }
        writer.Write("""
            // ∂L/∂W¹ = xᵀδ¹, ∂L/∂b¹ = Σδ¹
            _layer1.Gradient(x, use, share);
            """);
        writer.Indent--;
        writer.Write("}");
        if (types is not null)
            TypedTrainerEmitter.WriteMethods(writer, name, types);
        writer.Indent--;
        writer.Write("""
            }

            /// <summary>The gradients of the weights and biases, layer by layer.</summary>
            public readonly struct GradientViews
            {
                readonly global::GenNet.ParameterBlock _block;

                internal GradientViews(global::GenNet.ParameterBlock block) => _block = block;
            """);
        foreach (var layer in layers)
            writer.Write($"""

                    /// <summary>∂L/∂W [{layer.Outputs}, {layer.Inputs}] and ∂L/∂b [{layer.Outputs}] of layer {layer.Number}.</summary>
                    public global::GenNet.DenseParameters Layer{layer.Number} => _block[{layer.Number - 1}];
                """);
        writer.Write("}");
    }
}
