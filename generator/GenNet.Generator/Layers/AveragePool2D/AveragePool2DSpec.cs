namespace GenNet.Generator.Layers;

/// <summary>The mean of each window.</summary>
/// <param name="Window">How its windows lie on the image.</param>
/// <param name="CountsPadding">Whether zeros around the image count.</param>
record AveragePool2DSpec(WindowSpec Window, bool CountsPadding) : PoolSpec(Window)
{
    public static LayerKind Kind { get; } = new("GenNet.AveragePool2DAttribute", reader =>
        ReadWindow(reader, "AveragePool2D") is { } window ? new AveragePool2DSpec(window, reader.Flag("CountsPadding")) : reader.Nothing);

    public override string Words => "average pool " + Window.Words;

    public override string Library => "AveragePool2D";

    public override string Schema(string text, SampleShape input) => base.Schema(text, input) + (CountsPadding ? " counts padding" : "");

    public override string Equation(string n, IReadOnlyList<string> x) => $"the mean of {Window.Pixel(x[0])}, {Window.Places}";

    public override string InputGradientEquation(string n) => $"Σ δ{n}/n of the windows that a {Window.Position} lies in, of n {Window.Position}s each";

    protected override string More => CountsPadding ? ", CountsPadding: true" : "";
}
