namespace GenNet.Onnx.Reading;

/// <summary>An output of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Layers">All layers on the way to it from the input, in order.</param>
sealed record ModelOutput(string Name, IReadOnlyList<ModelLayer> Layers)
{
    /// <summary>As messages call it.</summary>
    public string Description => $"output \"{Messages.Short(Name)}\"";

    /// <summary>How many layers all outputs share, from the input on; none of a single output.</summary>
    public static int CountShared(IReadOnlyList<ModelOutput> outputs)
    {
        var (shared, most) = (0, outputs.Count == 1 ? 0 : outputs.Min(output => output.Layers.Count));
        while (shared < most && outputs.All(output => output.Layers[shared].IsSame(outputs[0].Layers[shared])))
            shared++;
        return shared;
    }
}
