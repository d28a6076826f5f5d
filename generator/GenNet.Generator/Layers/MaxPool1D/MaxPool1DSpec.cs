namespace GenNet.Generator.Layers;

/// <summary>The largest value of each window along the steps of a sequence.</summary>
/// <param name="Window">How its windows lie on the steps.</param>
record MaxPool1DSpec(WindowSpec Window) : MaxPool2DSpec(Window)
{
    public static new LayerKind Kind { get; } = new("GenNet.MaxPool1DAttribute", reader => ReadSteps(reader, "MaxPool1D") is { } window ? new MaxPool1DSpec(window) : reader.Nothing) { GoesAlongSteps = true };

    protected override string Described => "MaxPool1D";
}
