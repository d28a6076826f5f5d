using GenNet.Generator.Diagnostics;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>A convolution.</summary>
/// <param name="Filters">Channels that it gives.</param>
/// <param name="Window">How its kernel goes over the image.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Init">A member of <c>Initializer</c>, the network's where the layer has none of its own.</param>
/// <param name="Channels">Channels that it takes.</param>
/// <param name="Groups">Groups into which channels and filters are divided.</param>
partial record Conv2DSpec(int Filters, WindowSpec Window, string Activation, string Init, int Channels, int Groups) : LayerSpec(Activation)
{
    public static LayerKind Kind { get; } = new("GenNet.Conv2DAttribute", Read);

    static LayerSpec Read(LayerReader reader)
    {
        var (filters, activation, init) = (reader.Size("filters", 0), reader.Activation(), reader.Init());
        return WindowSpec.Read(reader, "Conv2D", "kernel", "kernelHeight", "kernelWidth", "kernelSize", isPool: false) is { } window
            ? Grouped(reader, new Conv2DSpec(filters, window, activation, init, reader.Input.Features, Groups: 1))
            : reader.Nothing;
    }

    /// <summary>The layer with the groups that its attribute gives, if they and it fit.</summary>
    protected static LayerSpec Grouped(LayerReader reader, Conv2DSpec spec)
    {
        var (filters, groups) = (spec.Filters, reader.Integer("Groups", 1, 1, NetworkParser.MaxSize, "a number of groups"));
        if (reader.Input.Features % groups == 0 && filters % groups == 0)
            return Fitting(reader, spec with { Groups = groups });
        if (!reader.HasMistakes)
            reader.ReportArgument(Descriptors.UnequalGroups, "Groups", -1, Emission.Text.Number(groups), $"{Emission.Text.Number(reader.Input.Features)} {(spec.Window.IsAlongSteps ? "features" : "channels")}", Emission.Text.Number(filters));
        return reader.Nothing;
    }

    /// <summary>The layer, if what it gives and its kernel fit into arrays.</summary>
    protected static LayerSpec Fitting(LayerReader reader, Conv2DSpec spec)
    {
        var (given, kernel) = (spec.OutputFor(reader.Input).Size, (long)spec.Window.Height * spec.Window.Width * spec.Channels / spec.Groups);
        if (given <= NetworkParser.MaxImage && kernel <= NetworkParser.MaxSize)
            return spec;
        var (what, size, most) = kernel > NetworkParser.MaxSize ? ("a kernel", kernel, NetworkParser.MaxSize) : (spec.Window.IsAlongSteps ? "a sequence" : "an image", given, NetworkParser.MaxImage);
        reader.ReportAlone(Descriptors.SizeOutOfRange, $"{what} of {NetworkParser.Grouped(size)} values", NetworkParser.MostValues(most));
        return reader.Nothing;
    }

    public override SampleShape OutputFor(SampleShape input) => Window.Output(Filters);

    public override long ParametersFor(int inputs) => (Depth(inputs) + 1L) * Filters;

    public override long MultiplyAddsFor(int inputs) => (long)Depth(inputs) * Filters;

    public override int TrainedLengthFor(int inputs) => PanelLayout.LayerLength(Depth(inputs), Filters);

    public override bool TakesNormalization => true;

    public override bool GoesStepByStep => false;

    public override bool StepsOnStack => false;

    public override bool ReadsPaddedRows => false;

    /// <summary>Whether each filter takes one channel, and each channel has one filter.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == Channels && Groups == Filters;

    public override string Schema(string text, SampleShape input) => Window.Schema(Described, input, Filters, TypeNames.Reflected(Activation), Groups);

    public override IEnumerable<TensorSpec> TensorsFor(SampleShape input)
    {
        var depth = Depth(input.Features);
        yield return new("weight", Filters, depth, 0, PanelLayout.BiasOffset(depth, Filters))
        {
            ColumnShape = KernelShape(input.Features),
            Pixels = Window.Height * Window.Width,
        };
        yield return new("bias", Filters, 0, PanelLayout.BiasOffset(depth, Filters), Filters);
    }

    /// <summary>The shape of a filter in files.</summary>
    string KernelShape(int channels) => $"{Emission.Text.Number(channels / Groups)}, {(Window.IsAlongSteps ? "" : Emission.Text.Number(Window.Height) + ", ")}{Emission.Text.Number(Window.Width)}";

    int Depth(int channels) => Window.Height * Window.Width * (channels / Groups);
}
