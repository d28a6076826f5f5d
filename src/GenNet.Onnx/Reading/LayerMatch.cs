namespace GenNet.Onnx.Reading;

/// <summary>Compares a model's layers with a network's.</summary>
static class LayerMatch
{
    /// <summary>The model's layers, one for each of the network's that inference has: batch normalisations that the network lacks are folded into the dense layers before them.</summary>
    /// <exception cref="InvalidDataException">A layer differs.</exception>
    public static IReadOnlyList<ModelLayer> Match(IReadOnlyList<ModelLayer> model, NetworkArchitecture network)
    {
        var result = new List<ModelLayer>();
        var read = 0;
        var started = new Dictionary<int, int>();
        for (var index = 0; index < network.Layers.Count; index++)
        {
            // What the model's layers so far give is what this layer of the network takes.
            started[index] = read;
            var layer = network.Layers[index];
            if (layer is DropoutLayer)
                continue;
            var name = $"layer {index + 1} of {network.Name}, {Describe(layer)}";
            if (read == model.Count)
                throw new InvalidDataException($"has {read} layers and ends where {name}, would follow. Remove the layer from the declaration, or load a model that has it.");
            var candidate = model[read++];
            if (layer is DenseLayer && read < model.Count && network.Layers.ElementAtOrDefault(index + 1) is not BatchNormLayer && BatchNormFolding.Fold(candidate, model[read]) is { } folded)
            {
                candidate = folded;
                read++;
            }
            var back = layer is ResidualLayer residual ? read - 1 - started[index - residual.Back] : 0;
            if (Difference(candidate, layer, back) is { } change)
                throw new InvalidDataException($"{candidate.Step.Node.Description} is a {candidate.Step.What}, but expected is {name}. {change}");
            if (candidate.Function != layer.Activation.BuiltIn)
                throw new InvalidDataException($"{(candidate.Activation?.Node ?? candidate.Step.Node).Description} gives {Named(candidate.Function)}, but expected is {name}. Declare the layer with Activation.{candidate.Function}, or load a model that has {layer.Activation} there.");
            result.Add(candidate);
        }
        if (read < model.Count)
            throw new InvalidDataException($"{model[read].Step.Node.Description} is a {model[read].Step.What}, but {network.Name} ends before it. Add the layer to the declaration, or load a model without it.");
        return result;
    }

    static string Named(Activation activation) => activation == Activation.Identity ? "what it computes without an activation" : $"the activation {activation}";

    /// <summary>What to change, or null where the layers are alike.</summary>
    static string? Difference(ModelLayer candidate, Layer layer, int back) => (candidate.Step, layer) switch
    {
        (DenseStep dense, DenseLayer expected) when (dense.Outputs, dense.Inputs) != (expected.Outputs, expected.Inputs) =>
            dense.Inputs == expected.Inputs
                ? $"Declare the layer with {dense.Outputs} units, or load a model that has {expected.Outputs} there."
                : $"Declare {dense.Inputs} inputs for the layer, or load a model that has {expected.Inputs} there.",
        (NormStep norm, BatchNormLayer or LayerNormLayer) when norm.Units != layer.Outputs => $"Declare {norm.Units} units before it, or load a model that has {layer.Outputs} there.",
        (NormStep { IsBatchNorm: true } norm, BatchNormLayer expected) => Epsilon(norm.Epsilon, expected.Epsilon),
        (NormStep { IsBatchNorm: false } norm, LayerNormLayer expected) => Epsilon(norm.Epsilon, expected.Epsilon),
        (ResidualStep, ResidualLayer) when candidate.Back != back => $"In the model it goes around {candidate.Back} layers, in the network around {back}. Change the declaration, or load a model that has the same.",
        (DenseStep, DenseLayer) or (ResidualStep, ResidualLayer) => null,
        _ => "Change the declaration to the model's layers, or load a model that has the same.",
    };

    static string? Epsilon(float model, float network) =>
        model == network ? null : $"The model's ε is {model}, the network's {network}. Declare that of the model, or load one that has the same.";

    static string Describe(Layer layer) => layer switch
    {
        DenseLayer => $"a dense layer with weights [{layer.Outputs}, {layer.Inputs}] and the activation {layer.Activation}",
        BatchNormLayer => $"batch normalisation of {layer.Outputs} units with the activation {layer.Activation}",
        LayerNormLayer => $"layer normalisation of {layer.Outputs} units with the activation {layer.Activation}",
        ResidualLayer residual => $"a residual connection around {residual.Back} layers with the activation {layer.Activation}",
        _ => layer.GetType().Name,
    };
}
