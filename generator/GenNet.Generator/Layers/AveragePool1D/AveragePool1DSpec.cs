namespace GenNet.Generator.Layers;

/// <summary>The mean of each window along the steps of a sequence.</summary>
/// <param name="Window">How its windows lie on the steps.</param>
/// <param name="CountsPadding">Whether zeros around the steps count.</param>
record AveragePool1DSpec(WindowSpec Window, bool CountsPadding) : AveragePool2DSpec(Window, CountsPadding)
{
    public static new LayerKind Kind { get; } = new("GenNet.AveragePool1DAttribute", reader =>
        ReadSteps(reader, "AveragePool1D") is { } window ? new AveragePool1DSpec(window, reader.Flag("CountsPadding")) : reader.Nothing) { GoesAlongSteps = true };

    protected override string Described => "AveragePool1D";
}
