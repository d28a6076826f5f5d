namespace GenNet.Generator.Layers;

/// <summary>The largest value of the whole image.</summary>
/// <param name="Window">All of it.</param>
sealed record GlobalMaxPool2DSpec(WindowSpec Window) : MaxPool2DSpec(Window)
{
    public static new LayerKind Kind { get; } = new("GenNet.GlobalMaxPool2DAttribute", reader => WholeWindow(reader, "GlobalMaxPool2D") is { } window ? new GlobalMaxPool2DSpec(window) : reader.Nothing);

    public override SampleShape OutputFor(SampleShape input) => new(1, input.Features);

    public override string Words => "global max pool";
}
