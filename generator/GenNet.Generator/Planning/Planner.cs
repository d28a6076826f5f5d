using GenNet.Generator.Infrastructure;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Planning;

/// <summary>Decides how a declared network is computed. Knows nothing of Roslyn.</summary>
static class Planner
{
    /// <summary>Terms of straight-line code up to which a layer is unrolled for one sample. Beyond, a loop is as fast, and its first call faster.</summary>
    public const int LayerLimit = 48;

    /// <summary>Terms of straight-line code in one method. Each leaves the JIT some temporaries, and over 512 of them it stops inlining.</summary>
    public const int MethodLimit = 96;

    /// <summary>Floats of activations up to which one sample is computed on the stack.</summary>
    public const int StackLimit = 8192;

    /// <param name="spec">The declaration.</param>
    /// <param name="optimize">Whether emitted code will be compiled with optimisation. If not, everything is computed in the library, which is.</param>
    public static NetworkPlan Create(NetworkSpec spec, bool optimize)
    {
        var layers = new LayerPlan[spec.Layers.Count];
        int inputs = spec.Inputs, offset = 0, activationOffset = 0, unrolled = 0;
        for (var l = 0; l < layers.Length; l++)
        {
            var layer = spec.Layers[l];
            var terms = inputs * ((layer.Outputs + PanelLayout.Width - 1) / PanelLayout.Width);
            var unroll = optimize && terms <= LayerLimit && unrolled + terms <= MethodLimit;
            unrolled += unroll ? terms : 0;
            layers[l] = new LayerPlan(
                l + 1,
                inputs,
                layer.Outputs,
                layer.Activation == "Softmax" ? "Identity" : layer.Activation,
                layer.Activation,
                layer.Init == "Default" && layer.Activation == "Softmax" ? "GlorotUniform" : layer.Init,
                PartialSums.Count(inputs, layer.Outputs),
                offset,
                activationOffset,
                unroll);
            inputs = layer.Outputs;
            offset += PanelLayout.LayerLength(layers[l].Inputs, layers[l].Outputs);
            activationOffset = layers[l].ActivationEnd;
        }
        var output = spec.Layers[layers.Length - 1].Activation;
        var loss = spec.Loss == "Default" ? DefaultLoss(output) : spec.Loss;
        var (head, delta, trained) = (output, loss) switch
        {
            ("Softmax" or "Identity", "CrossEntropy") => ("SoftmaxCrossEntropyHead", "(softmax(z) − y)/n", "Identity"),
            ("Sigmoid" or "Identity", "BinaryCrossEntropy") => ("SigmoidCrossEntropyHead", "(sigmoid(z) − y)/n", "Identity"),
            ("Softmax", _) => ($"SoftmaxHead<global::GenNet.Losses.{loss}>", "a ∘ (∂L/∂a − Σ a·∂L/∂a)", "Identity"),
            _ => ($"ElementwiseHead<global::GenNet.Losses.{loss}, global::GenNet.Activations.{output}>", "∂L/∂a ∘ g′(z)", output),
        };
        return new NetworkPlan(spec, new EquatableArray<LayerPlan>(layers), output == "Softmax", loss, head, Words(loss), delta, trained);
    }

    static string DefaultLoss(string output) => output switch
    {
        "Softmax" => "CrossEntropy",
        "Sigmoid" => "BinaryCrossEntropy",
        _ => "MeanSquaredError",
    };

    /// <summary>MeanSquaredError → mean squared error.</summary>
    static string Words(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
