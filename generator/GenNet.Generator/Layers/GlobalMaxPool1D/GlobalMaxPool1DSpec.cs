namespace GenNet.Generator.Layers;

/// <summary>The largest value of all steps.</summary>
/// <param name="Window">All of them.</param>
sealed record GlobalMaxPool1DSpec(WindowSpec Window) : MaxPool1DSpec(Window)
{
    public static new LayerKind Kind { get; } = new("GenNet.GlobalMaxPool1DAttribute", reader => AllSteps(reader, "GlobalMaxPool1D") is { } window ? new GlobalMaxPool1DSpec(window) : reader.Nothing) { GoesAlongSteps = true };

    public override SampleShape OutputFor(SampleShape input) => new(1, input.Features);

    protected override bool IsOfAllSteps => true;

    public override string Equation(string n, IReadOnlyList<string> x) => $"the largest of {x[0]}({Window.Place}, c) of all steps, of a stream of those so far";

    public override string Words => "global max pool";
}
