namespace GenNet.Generator.Layers;

/// <summary>The mean of all steps.</summary>
/// <param name="Window">All of them.</param>
sealed record GlobalAveragePool1DSpec(WindowSpec Window) : AveragePool1DSpec(Window, false)
{
    public static new LayerKind Kind { get; } = new("GenNet.GlobalAveragePool1DAttribute", reader => AllSteps(reader, "GlobalAveragePool1D") is { } window ? new GlobalAveragePool1DSpec(window) : reader.Nothing) { GoesAlongSteps = true };

    public override SampleShape OutputFor(SampleShape input) => new(1, input.Features);

    protected override bool IsOfAllSteps => true;

    public override string Equation(string n, IReadOnlyList<string> x) => $"the mean of {x[0]}({Window.Place}, c) of all steps, of a stream of those so far";

    public override string Words => "global average pool";
}
