namespace GenNet.Generator.Layers;

/// <summary>The mean of the whole image.</summary>
/// <param name="Window">All of it.</param>
sealed record GlobalAveragePool2DSpec(WindowSpec Window) : AveragePool2DSpec(Window, CountsPadding: false)
{
    public static new LayerKind Kind { get; } = new("GenNet.GlobalAveragePool2DAttribute", reader => WholeWindow(reader, "GlobalAveragePool2D") is { } window ? new GlobalAveragePool2DSpec(window) : reader.Nothing);

    public override SampleShape OutputFor(SampleShape input) => new(1, input.Features);

    public override string Words => "global average pool";
}
