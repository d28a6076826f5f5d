namespace GenNet.Generator.Layers;

/// <summary>The largest value of each window.</summary>
/// <param name="Window">How its windows lie on the image.</param>
record MaxPool2DSpec(WindowSpec Window) : PoolSpec(Window)
{
    public static LayerKind Kind { get; } = new("GenNet.MaxPool2DAttribute", reader => ReadWindow(reader, "MaxPool2D") is { } window ? new MaxPool2DSpec(window) : reader.Nothing);

    public override string Words => "max pool " + Window.Words;

    public override string Library => "MaxPool2D";

    public override string Equation(string n, IReadOnlyList<string> x) => $"the largest of {Window.Pixel(x[0])}, {Window.Places}";

    public override string InputGradientEquation(string n) => $"δ{n} at the first of each window's largest";
}
