using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>A convolution along the steps of a sequence: one over an image of one row.</summary>
/// <param name="Filters">Features of a step that it gives.</param>
/// <param name="Window">How its kernel goes along the steps.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Init">A member of <c>Initializer</c>, the network's where the layer has none of its own.</param>
/// <param name="Channels">Features of a step that it takes.</param>
/// <param name="Groups">Groups into which features and filters are divided.</param>
sealed record Conv1DSpec(int Filters, WindowSpec Window, string Activation, string Init, int Channels, int Groups) : Conv2DSpec(Filters, Window, Activation, Init, Channels, Groups)
{
    public static new LayerKind Kind { get; } = new("GenNet.Conv1DAttribute", Read) { GoesAlongSteps = true };

    static LayerSpec Read(LayerReader reader)
    {
        var (filters, activation, init) = (reader.Size("filters", 0), reader.Activation(), reader.Init());
        return WindowSpec.ReadAlong(reader, "Conv1D", "kernel", "kernelSize", isPool: false) is { } window
            ? Grouped(reader, new Conv1DSpec(filters, window, activation, init, reader.Input.Features, Groups: 1))
            : reader.Nothing;
    }

    /// <summary>Steps that a stream remembers of what the layer takes.</summary>
    int StepsBefore => Window.Padding.Width == WindowLayout.Causal || (Window.Width == 1 && Window.Padding.Width <= 0) ? (Window.Width - 1) * Window.Dilation.Width : -1;

    public override bool GoesStepByStep => StepsBefore >= 0 && Window.Stride.Width == 1 && Groups == 1 && StepsBefore * (long)Channels <= NetworkParser.MaxImage;

    public override bool HasStep => GoesStepByStep;

    public override int StateLength => GoesStepByStep ? WindowLayout.StateLength(Window.Width, Window.Dilation.Width, Channels) : 0;

    protected override string Described => "Conv1D";
}
