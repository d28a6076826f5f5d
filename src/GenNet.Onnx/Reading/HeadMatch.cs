namespace GenNet.Onnx.Reading;

/// <summary>Finds the outputs of a model that a network's heads are, and compares the layers of each.</summary>
static class HeadMatch
{
    /// <summary>The model's layers, those of the trunk and then of each head, as the network has them.</summary>
    /// <exception cref="InvalidDataException">The model has other outputs than the network has heads, or a layer differs.</exception>
    public static IReadOnlyList<ModelLayer> Match(IReadOnlyList<ModelOutput> model, NetworkArchitecture network)
    {
        var heads = network.Heads;
        if (model.Count != heads.Count)
            throw new InvalidDataException(
                $"has {Count("output", [.. model.Select(output => Messages.Short(output.Name))])}, but {network.Name} has {Count("head", [.. heads.Select(head => head.Name)])}. "
                + $"{(model.Count == 1 ? "Declare the network without [Head]" : "Declare a [Head] for each output")}, or load a model with {(heads.Count == 1 ? "one output" : $"{heads.Count} outputs")}.");
        if (heads.Count == 1)
            return [.. LayerMatch.Match(model[0].Layers, network, heads[0]).Select(match => match.Layer)];
        var outputs = Assign(model, network);
        var matches = heads.Select((head, h) => Match(outputs[h], network, head)).ToArray();
        for (var h = 1; h < matches.Length; h++)
            CheckTrunk(matches[0], matches[h], outputs[0], outputs[h], network);
        return [.. matches.SelectMany((match, h) => match.Where(layer => h == 0 || layer.Index >= heads[0].Layers.Start.Value)).Select(layer => layer.Layer)];
    }

    static IReadOnlyList<(int Index, ModelLayer Layer)> Match(ModelOutput output, NetworkArchitecture network, NetworkHead head)
    {
        try
        {
            return LayerMatch.Match(output.Layers, network, head);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{output.Description} is not {network.Name}'s head {head.Name}: {e.Message}{(output.Name.Equals(head.Name, StringComparison.OrdinalIgnoreCase) ? "" : " If it stands for another head, name the outputs after the heads.")}", e);
        }
    }

    /// <summary>The output of each head: that of its name, in which the case of letters does not matter, and of those that have foreign names the next.</summary>
    /// <exception cref="InvalidDataException">Two outputs of foreign names fit either of two heads.</exception>
    static ModelOutput[] Assign(IReadOnlyList<ModelOutput> model, NetworkArchitecture network)
    {
        var named = network.Heads.Select(head => Named(model, head)).ToArray();
        var foreign = new Queue<ModelOutput>(model.Except(named.OfType<ModelOutput>()));
        ModelOutput[] outputs = [.. named.Select(output => output ?? foreign.Dequeue())];
        for (var i = 0; i < outputs.Length; i++)
            for (var j = i + 1; j < outputs.Length; j++)
                if ((named[i], named[j]) is (null, null) && Fits(i, j) && Fits(j, i) && Fits(i, i) && Fits(j, j))
                    throw new InvalidDataException(
                        $"{outputs[i].Description} and {outputs[j].Description} fit the heads {network.Heads[i].Name} and {network.Heads[j].Name} of {network.Name} either way. Name the outputs after the heads.");
        return outputs;

        bool Fits(int output, int head)
        {
            try
            {
                LayerMatch.Match(outputs[output].Layers, network, network.Heads[head]);
                return true;
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }
    }

    static ModelOutput? Named(IReadOnlyList<ModelOutput> model, NetworkHead head) =>
        model.FirstOrDefault(output => output.Name == head.Name)
        ?? (model.Where(output => output.Name.Equals(head.Name, StringComparison.OrdinalIgnoreCase)).ToArray() is [var only] ? only : null);

    /// <exception cref="InvalidDataException">What is one layer of the network is two of the model.</exception>
    static void CheckTrunk(
        IReadOnlyList<(int Index, ModelLayer Layer)> one, IReadOnlyList<(int Index, ModelLayer Layer)> other, ModelOutput output, ModelOutput otherOutput, NetworkArchitecture network)
    {
        foreach (var ((index, layer), (_, otherLayer)) in one.Zip(other).TakeWhile(pair => pair.First.Index < network.Heads[0].Layers.Start.Value))
            if (!layer.IsSame(otherLayer))
                throw new InvalidDataException(
                    $"layer {index + 1} of {network.Name} is {layer.Step.Node.Description} on the way to {output.Description} and {otherLayer.Step.Node.Description} on that to {otherOutput.Description}, "
                    + "but the heads share it. Begin the heads before it, or load a model whose outputs share it.");
    }

    static string Count(string what, string[] names) => names.Length == 1 ? $"1 {what}" : $"{names.Length} {what}s, {string.Join(", ", names.Take(5))}{(names.Length > 5 ? " …" : "")}";
}
