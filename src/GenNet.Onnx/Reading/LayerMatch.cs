using GenNet.Onnx.Layers;

namespace GenNet.Onnx.Reading;

/// <summary>Compares a model's layers with a network's.</summary>
static class LayerMatch
{
    /// <summary>The model's layers, one for each of the network's that a model has: what the network lacks may be part of the layer before it.</summary>
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
            if (LayerKind.Of(layer)?.IsLeftOut(model.ElementAtOrDefault(read)?.Step, read == 0) == true)
                continue;
            var name = $"layer {index + 1} of {network.Name}, {Describe(layer)}";
            if (read == model.Count)
                throw new InvalidDataException($"has {read} layers and ends where {name}, would follow. Remove the layer from the declaration, or load a model that has it.");
            var candidate = model[read++];
            if (candidate.Activation is null && read < model.Count && model[read].Step.FoldedInto(candidate.Step, layer, network.Layers.ElementAtOrDefault(index + 1)) is { } folded)
                candidate = new ModelLayer(folded, model[read++].Activation, 0);
            // Numbers of layers from 1: what a layer takes beside the one before it comes from the first of these.
            var source = layer.Sources(index + 1).Last();
            if (candidate.Step.Difference(layer, candidate.Back, read - 1 - started[source]) is { } change)
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

    static string Describe(Layer layer) => LayerKind.Of(layer)?.Describe(layer) ?? layer.GetType().Name;
}
