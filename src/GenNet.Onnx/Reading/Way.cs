using GenNet.Onnx.Layers;

namespace GenNet.Onnx.Reading;

/// <summary>What a graph does to its input to get to an output.</summary>
/// <param name="Start">The input, as it comes or as one row.</param>
/// <param name="Steps">The steps, in order.</param>
/// <param name="Output">The output.</param>
sealed record Way(Value Start, IReadOnlyList<Step> Steps, Value Output)
{
    /// <summary>The same way from the input as it comes, which another output takes, where this one takes it as one row.</summary>
    /// <exception cref="InvalidDataException">The input is not [samples, positions, features] with a known number of positions.</exception>
    public Way From(Value input) => input is { Rank: 3, Positions: > 0 and <= int.MaxValue } or { Rank: 4, Pixels: > 0 and <= int.MaxValue, Layout.IsLast: not true }
        ? new Way(input, [new FlattenStep(Start, input), .. Steps], Output)
        : throw new InvalidDataException($"{Start.Description} makes one row of a sample for one output, and another output takes the sample as it is: that can be read of an input [batch, positions, features] or [batch, channels, height, width] with a fixed number of positions.");

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
                if (!layers[^1].Step.IsActivated)
                    throw new InvalidDataException($"{activation.Node.Description} gives the {activation.What} of a {layers[^1].Step.What}, which has none in GenNet: put it before, where there is a layer that has.");
                layers[^1] = layers[^1] with { Activation = activation };
            }
            else if (Steps[i] is LayerStep { IsNothing: false } layer)
                layers.Add(new ModelLayer(layer, null, layer.Skip is { } skip ? layers.Count - BlockStart(layer, skip) : 0));
            if (i + 1 == Steps.Count || Steps[i + 1] is not ActivationStep)
                given[Steps[i].Node] = layers.Count;
        }
        if (layers.Count == 0)
            throw new InvalidDataException("has no layers, its output is its input.");
        var takes = layers[0].Step.Takes;
        if (Start.Features > 0 && takes > 0 && takes != Start.Features)
            throw new InvalidDataException($"{layers[0].Step.Node.Description} takes {takes} values, the input \"{Messages.Short(Start.Name)}\" has {Start.Features}.");
        CheckOrders(layers);
        return layers;

        int BlockStart(LayerStep step, Value skip) => given.TryGetValue(skip.Content, out var layer)
            ? layer
            : throw new InvalidDataException($"{step.Node.Description} adds \"{Messages.Short(skip.Name)}\", which no earlier layer gives.");
    }

    /// <summary>A network has images pixel by pixel.</summary>
    /// <exception cref="InvalidDataException">The output is an image, or has one channel by channel.</exception>
    void CheckOrders(List<ModelLayer> layers)
    {
        foreach (var layer in layers)
            if (layer.Step is { Skip: { } skip, AddsRow: true } step && skip.Row != step.Input.Row && (IsByChannel(skip.Row) || IsByChannel(step.Input.Row)))
                throw new InvalidDataException($"{step.Node.Description} adds a row that is made of an image, channel by channel, and one that is not; GenNet has no such connection.");
        Output.CheckSizes();
        if (Output.Sizes is not null && Output.Pixels != 1 && (Output.Layout!.IsLast == false || layers.Exists(layer => layer.Step.Image is not null)))
            throw new InvalidDataException($"its output \"{Messages.Short(Output.Name)}\" is an image, {Output.Words}; a network gives one row for each sample: end the model with a global pool or Flatten.");
        if (layers.Exists(layer => layer.Step is FlattenStep) && IsByChannel(Output.Row))
            throw new InvalidDataException($"its output \"{Messages.Short(Output.Name)}\" has the values of an image channel by channel; a network gives them pixel by pixel: put Transpose to [samples, height, width, channels] before Flatten.");
    }

    static bool IsByChannel(Row? row) => row is { IsOfOne: false, IsByChannel: true };
}
