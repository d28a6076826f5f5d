using GenNet.Generator.Planning;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>A convolution along the steps of a sequence: one over an image of one row.</summary>
/// <param name="Filters">Features of a step that it gives.</param>
/// <param name="Window">How its kernel goes along the steps.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Init">A member of <c>Initializer</c>, the network's where the layer has none of its own.</param>
/// <param name="Channels">Features of a step that it takes.</param>
/// <param name="Groups">Groups into which features and filters are divided.</param>
sealed partial record Conv1DSpec(int Filters, WindowSpec Window, string Activation, string Init, int Channels, int Groups) : Conv2DSpec(Filters, Window, Activation, Init, Channels, Groups)
{
    public static new LayerKind Kind { get; } = new("GenNet.Conv1DAttribute", Read) { GoesAlongSteps = true };

    static LayerSpec Read(LayerReader reader)
    {
        var (filters, activation, init) = (reader.Size("filters", 0), reader.Activation(), reader.Init());
        return WindowSpec.ReadAlong(reader, "Conv1D", "kernel", "kernelSize", isPool: false) is { } window
            ? Grouped(reader, new Conv1DSpec(filters, window, activation, init, reader.Input.Features, Groups: 1))
            : reader.Nothing;
    }

    public override bool GoesStepByStep => Window.StepsBeforeFirst >= 0;

    public override string WhyNotByStep => Window.WhyNotByStep;

    public override bool HasStep => true;

    public override bool SkipsSteps => Window.SkipsSteps;

    public override bool StepsOnStack => true;

    public override int StateLengthFor(int inputs) => Window.StateLength(Filters);

    public override StreamPace? PaceOf(IReadOnlyList<StreamPace> sources) => sources[0].Of(Window.StepsBeforeFirst, Window.Stride.Width);

    /// <summary>Whether every step belongs to all windows that are open, so that emitted code adds to them itself; of a depthwise convolution whole panels.</summary>
    public bool AddsToWindows => Window.Stride.Width == 1 && (Window.Width == 1 || Window.Dilation.Width == 1) && (Groups == 1 || (IsDepthwise && PanelLayout.PaddedOutputs(Filters) == Filters));

    /// <summary>Where all filters take the same channels, all terms of a sum.</summary>
    public override IReadOnlyList<ProductPlan> Products(LayerPlan layer) => GoesStepByStep && AddsToWindows && Groups == 1 ? [new(Window.Width * layer.Inputs, Filters, 1, layer.Offset)] : [];

    /// <summary>Where its biases start.</summary>
    public int BiasOffset(LayerPlan layer) => layer.Offset + PanelLayout.BiasOffset(Window.Width * (layer.Inputs / Groups), Filters);
}
