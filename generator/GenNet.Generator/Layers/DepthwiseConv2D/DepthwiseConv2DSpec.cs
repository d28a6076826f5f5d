namespace GenNet.Generator.Layers;

/// <summary>A convolution of each channel by itself.</summary>
/// <param name="Channels">Channels that it takes and gives.</param>
/// <param name="Window">How its kernel goes over the image.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Init">A member of <c>Initializer</c>, the network's where the layer has none of its own.</param>
sealed record DepthwiseConv2DSpec(int Channels, WindowSpec Window, string Activation, string Init) : Conv2DSpec(Channels, Window, Activation, Init, Channels, Channels)
{
    public static new LayerKind Kind { get; } = new("GenNet.DepthwiseConv2DAttribute", Read);

    static LayerSpec Read(LayerReader reader)
    {
        var (activation, init) = (reader.Activation(), reader.Init());
        return WindowSpec.Read(reader, "DepthwiseConv2D", "kernel", "kernelHeight", "kernelWidth", "kernelSize", isPool: false) is { } window
            ? Fitting(reader, new DepthwiseConv2DSpec(reader.Input.Features, window, activation, init))
            : reader.Nothing;
    }

    public override string Words => "depthwise " + base.Words;
}
