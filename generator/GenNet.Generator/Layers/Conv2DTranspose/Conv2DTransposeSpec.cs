using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>A transposed convolution.</summary>
/// <param name="Filters">Channels that it gives.</param>
/// <param name="Window">How the kernel of the convolution the other way goes over the image that it gives.</param>
/// <param name="Activation">Its activation.</param>
/// <param name="Init">A member of <c>Initializer</c>, the network's where the layer has none of its own.</param>
sealed partial record Conv2DTransposeSpec(int Filters, WindowSpec Window, string Activation, string Init) : LayerSpec(Activation)
{
    const string Name = "Conv2DTranspose";

    public static LayerKind Kind { get; } = new("GenNet.Conv2DTransposeAttribute", Read);

    static LayerSpec Read(LayerReader reader)
    {
        var (filters, activation, init) = (reader.Size("filters", 0), reader.Activation(), reader.Init());
        return ReadWindow(reader, filters) is { } window ? new Conv2DTransposeSpec(filters, window, activation, init) : reader.Nothing;
    }

    /// <summary>The windows of the convolution the other way; null where nothing is left of the image, or too much, which is reported.</summary>
    static WindowSpec? ReadWindow(LayerReader reader, int filters)
    {
        if (!WindowSpec.TakesImage(reader, Name))
            return null;
        var image = reader.Input;
        int Side(string name, string words) => reader.Integer(name, 1, 1, WindowLayout.MostPixels, $"a kernel {words}");
        var isSquare = reader.Has("kernelSize");
        var rows = isSquare ? Side("kernelSize", "size") : Side("kernelHeight", "height");
        var columns = isSquare ? rows : Side("kernelWidth", "width");
        var stride = reader.Integer("Stride", 1, 1, WindowLayout.MostPixels, "a stride");
        var dilation = reader.Integer("Dilation", 1, 1, WindowLayout.MostPixels, "a dilation");
        if ((Math.Max(rows, columns) - 1L) * dilation >= WindowLayout.MostPixels)
            dilation = 1; // beyond any image, as the size alone is
        var padding = reader.Integer("PaddingSize", 0, 0, WindowLayout.Reach(Math.Min(rows, columns), dilation) - 1, "a padding");
        var more = reader.Integer("OutputPadding", 0, 0, stride - 1, "an output padding");
        var (height, width) = (WindowLayout.Spread(image.Height, rows, stride, dilation, padding, more), WindowLayout.Spread(image.Width, columns, stride, dilation, padding, more));
        if (height < 1 || width < 1)
        {
            reader.ReportAlone(Descriptors.NothingLeft, Text.Number(padding), $"{Text.Number(rows)}×{Text.Number(columns)}", $"{Text.Number(image.Height)}×{Text.Number(image.Width)}");
            return null;
        }
        var (given, kernel) = (height > NetworkParser.MaxImage || width > NetworkParser.MaxImage ? long.MaxValue : height * width * filters, (long)rows * columns * filters);
        if (given <= NetworkParser.MaxImage && kernel <= NetworkParser.MaxSize)
            return new((int)height, (int)width, rows, columns, (stride, stride), (dilation, dilation), (padding, padding));
        reader.ReportAlone(Descriptors.SizeOutOfRange, kernel > NetworkParser.MaxSize ? $"a kernel of {NetworkParser.Grouped(kernel)} values" : $"an image of {NetworkParser.Grouped(height)} × {NetworkParser.Grouped(width)} pixels of {NetworkParser.Grouped(filters)} channels", NetworkParser.MostValues(kernel > NetworkParser.MaxSize ? NetworkParser.MaxSize : NetworkParser.MaxImage));
        return null;
    }

    public override SampleShape OutputFor(SampleShape input) => SampleShape.Image(Window.InputHeight, Window.InputWidth, Filters);

    public override long ParametersFor(int inputs) => (long)Depth * inputs + Filters;

    public override long MultiplyAddsFor(int inputs)
    {
        // Of all pixels that it takes, shared out to those that it gives.
        long all = (long)Depth * inputs * Window.Output(inputs).Positions, given = (long)Window.InputHeight * Window.InputWidth;
        return (int)Math.Min(int.MaxValue, (all + given - 1) / given);
    }

    public override int TrainedLengthFor(int inputs) => PanelLayout.BiasOffset(Depth, inputs) + PanelLayout.RowLength(Filters);

    public override string Schema(string text, SampleShape input) =>
        SchemaText.Image(Name, input.Height, input.Width, input.Features, Window.InputHeight, Window.InputWidth, Filters, WindowWords(input), TypeNames.Reflected(Activation));

    public override IEnumerable<TensorSpec> TensorsFor(SampleShape input)
    {
        yield return new("weight", input.Features, Depth, 0, PanelLayout.BiasOffset(Depth, input.Features))
        {
            ColumnShape = $"{Text.Number(Filters)}, {Text.Number(Window.Height)}, {Text.Number(Window.Width)}",
            Pixels = Window.Height * Window.Width,
        };
        yield return new("bias", Filters, 0, PanelLayout.BiasOffset(Depth, input.Features), Filters);
    }

    /// <summary>Weights of each channel.</summary>
    int Depth => Window.Height * Window.Width * Filters;

    string WindowWords(SampleShape input) => SchemaText.Transposed(Window.Words, Window.InputHeight - (int)WindowLayout.Spread(input.Height, Window.Height, Window.Stride.Height, Window.Dilation.Height, Window.Padding.Height, 0));
}
