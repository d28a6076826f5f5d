using GenNet.Onnx.Layers;

namespace GenNet.Onnx.Reading;

/// <summary>What a graph does to its input to get to an output.</summary>
/// <param name="Start">The input, as it comes or as one row.</param>
/// <param name="Steps">The steps, in order.</param>
sealed record Way(Value Start, IReadOnlyList<Step> Steps)
{
    /// <summary>The same way from the input as it comes, which another output takes, where this one takes it as one row.</summary>
    /// <exception cref="InvalidDataException">The input is not [samples, positions, features] with a known number of positions.</exception>
    public Way From(Value input) => input is { Rank: 3, Positions: > 0 and <= int.MaxValue and var positions }
        ? new Way(input, [new FlattenStep(Start, input, (int)positions), .. Steps])
        : throw new InvalidDataException($"{Start.Description} makes one row of a sample for one output, and another output takes the sample as it is: that can be read of an input [batch, positions, features] with a fixed number of positions.");

    /// <summary>The layers: puts activations to them, and says where residual connections start.</summary>
    /// <exception cref="InvalidDataException">The steps are no layers.</exception>
    public IReadOnlyList<ModelLayer> Layers()
    {
        var layers = new List<ModelLayer>();
        var given = new Dictionary<Value, int> { [Start] = 0 };
        for (var i = 0; i < Steps.Count; i++)
        {
            if (Steps[i] is ActivationStep activation)
            {
                if (layers.Count == 0 || layers[^1].Activation is not null)
                    throw new InvalidDataException($"{activation.Node.Description} has no layer before it that it could be the activation of.");
                layers[^1] = layers[^1] with { Activation = activation };
            }
            else if (Steps[i] is LayerStep layer)
                layers.Add(new ModelLayer(layer, null, layer.Skip is { } skip ? layers.Count - BlockStart(layer, skip) : 0));
            if (i + 1 == Steps.Count || Steps[i + 1] is not ActivationStep)
                given[Steps[i].Node] = layers.Count;
        }
        if (layers.Count == 0)
            throw new InvalidDataException("has no layers, its output is its input.");
        var takes = layers[0].Step.Takes;
        if (Start.Width > 0 && takes > 0 && takes != Start.Width)
            throw new InvalidDataException($"{layers[0].Step.Node.Description} takes {takes} values, the input \"{Messages.Short(Start.Name)}\" has {Start.Width}.");
        return layers;

        int BlockStart(LayerStep step, Value skip) => given.TryGetValue(skip, out var layer)
            ? layer
            : throw new InvalidDataException($"{step.Node.Description} adds \"{Messages.Short(skip.Name)}\", which no earlier layer gives.");
    }
}
