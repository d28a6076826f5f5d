namespace GenNet.Generator.Layers;

/// <summary>The largest value of all steps.</summary>
/// <param name="Window">All of them.</param>
sealed record GlobalMaxPool1DSpec(WindowSpec Window) : MaxPool1DSpec(Window)
{
    public static new LayerKind Kind { get; } = new("GenNet.GlobalMaxPool1DAttribute", reader => AllSteps(reader, "GlobalMaxPool1D") is { } window ? new GlobalMaxPool1DSpec(window) : reader.Nothing) { GoesAlongSteps = true };

    public override SampleShape OutputFor(SampleShape input) => new(1, input.Features);

    public override bool GoesStepByStep => false;

    public override string WhyNotByStep => NeedsAll;

    public override string Words => "global max pool";
}
