using GenNet.Onnx.Layers;

namespace GenNet.Onnx.Reading;

/// <summary>Compares the layers on the way to an output of a model with those through a network to one of its heads.</summary>
static class LayerMatch
{
    /// <summary>The model's layers, one for each of the network's that a model has, with that layer's index: what the network lacks may be part of the layer before it.</summary>
    /// <exception cref="InvalidDataException">A layer differs.</exception>
    public static IReadOnlyList<(int Index, ModelLayer Layer)> Match(IReadOnlyList<ModelLayer> model, NetworkArchitecture network, NetworkHead head)
    {
        var result = new List<(int, ModelLayer)>();
        var read = 0;
        var started = new Dictionary<int, int>();
        int[] way = [.. Enumerable.Range(0, network.Heads[0].Layers.Start.Value), .. Enumerable.Range(0, network.Layers.Count).Take(head.Layers)];
        for (var place = 0; place < way.Length; place++)
        {
            // What the model's layers so far give is what this layer of the network takes.
            started[place] = read;
            var layer = network.Layers[way[place]];
            if (IsLeftOut(layer))
                continue;
            var name = $"layer {way[place] + 1} of {network.Name}, {Describe(layer)}";
            if (read == model.Count)
                throw new InvalidDataException($"has {read} layers and ends where {name}, would follow. Remove the layer from the declaration, or load a model that has it.");
            var candidate = model[read++];
            var next = way.Skip(place + 1).Select(index => network.Layers[index]).FirstOrDefault(layer => !IsLeftOut(layer));
            while (candidate.Activation is null && read < model.Count && model[read].Step.FoldedInto(candidate.Step, layer, next) is { } folded)
                candidate = new ModelLayer(folded, model[read++].Activation, 0);
            // Places on the way, from 1: what a layer takes beside the one before it comes from the first of these.
            var source = layer.Sources(place + 1).Last();
            if (candidate.Step.Difference(layer, candidate.Back, read - 1 - started[source]) is { } change)
                throw new InvalidDataException($"{candidate.Step.Node.Description} is a {candidate.Step.What}, but expected is {name}. {change}");
            if (candidate.Function != layer.Activation.BuiltIn)
                throw new InvalidDataException($"{(candidate.Activation?.Node ?? candidate.Step.Node).Description} gives {Named(candidate.Function)}, but expected is {name}. Declare the layer with Activation.{candidate.Function}, or load a model that has {layer.Activation} there.");
            result.Add((way[place], candidate));
        }
        if (read < model.Count)
            throw new InvalidDataException($"{model[read].Step.Node.Description} is a {model[read].Step.What}, but {network.Name} ends before it. Add the layer to the declaration, or load a model without it.");
        return result;

        // Whether the layer is none of the model's, which has been read up to here.
        bool IsLeftOut(Layer layer) => LayerKind.Of(layer)?.IsLeftOut(layer, model.ElementAtOrDefault(read)?.Step, read == 0) == true;
    }

    static string Named(Activation activation) => activation == Activation.Identity ? "what it computes without an activation" : $"the activation {activation}";

    static string Describe(Layer layer) => LayerKind.Of(layer)?.Describe(layer) ?? layer.GetType().Name;
}
