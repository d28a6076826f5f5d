namespace GenNet.Generator.Layers;

/// <summary>The mean of all steps.</summary>
/// <param name="Window">All of them.</param>
sealed record GlobalAveragePool1DSpec(WindowSpec Window) : AveragePool1DSpec(Window, false)
{
    public static new LayerKind Kind { get; } = new("GenNet.GlobalAveragePool1DAttribute", reader => AllSteps(reader, "GlobalAveragePool1D") is { } window ? new GlobalAveragePool1DSpec(window) : reader.Nothing) { GoesAlongSteps = true };

    public override SampleShape OutputFor(SampleShape input) => new(1, input.Features);

    public override bool GoesStepByStep => false;

    public override string WhyNotByStep => NeedsAll;

    public override string Words => "global average pool";
}
