using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>An image made larger.</summary>
/// <param name="Height">Rows of pixels of the image.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Down">By what the height is multiplied.</param>
/// <param name="Across">By what the width is multiplied.</param>
/// <param name="Interpolation">A member of <c>Interpolation</c>.</param>
sealed record UpSampling2DSpec(int Height, int Width, int Down, int Across, string Interpolation) : LayerSpec("Identity")
{
    const string Name = "UpSampling2D", Nearest = "Nearest";

    public static LayerKind Kind { get; } = new("GenNet.UpSampling2DAttribute", Read);

    static LayerSpec Read(LayerReader reader)
    {
        if (!WindowSpec.TakesImage(reader, Name))
            return reader.Nothing;
        int Factor(string name) => reader.Integer(reader.Has("size") ? "size" : name, 1, 1, WindowLayout.MostPixels, "a factor");
        var down = Factor("height");
        var spec = new UpSampling2DSpec(reader.Input.Height, reader.Input.Width, down, reader.Has("size") ? down : Factor("width"), reader.Member("Interpolation", Nearest));
        var size = (long)spec.Height * spec.Down * ((long)spec.Width * spec.Across);
        if (size <= NetworkParser.MaxImage / reader.Input.Features)
            return spec;
        reader.ReportAlone(Descriptors.SizeOutOfRange, $"an image of {NetworkParser.Grouped(reader.Input.Size)} values made {NetworkParser.Grouped((long)spec.Down * spec.Across)} times as large", NetworkParser.MostValues(NetworkParser.MaxImage));
        return reader.Nothing;
    }

    public override SampleShape OutputFor(SampleShape input) => SampleShape.Image(Height * Down, Width * Across, input.Features);

    public override bool IsActivated => false;

    public override string Schema(string text, SampleShape input) =>
        SchemaText.Image(Name, Height, Width, input.Features, Height * Down, Width * Across, input.Features, SchemaText.Times(Down, Across, Interpolation), "Identity");

    public override string Words => $"upsampling {SchemaText.Times(Down, Across, Interpolation)}";

    public override string Equation(string n, IReadOnlyList<string> x) => Interpolation == Nearest
        ? $"{x[0]}({Quotient("y", Down)}, {Quotient("x", Across)}, c), rounded down"
        : $"{x[0]}({Centre("y", Down)}, {Centre("x", Across)}, c), interpolated";

    public override string InputGradientEquation(string n) => $"Σ δ{n} of the pixels that take a pixel, times what each takes of it";

    public override (string Type, string Value)? Shape(LayerPlan layer) => ("global::GenNet.Runtime.UpSamplingShape",
        $"new(Height: {Text.Number(Height)}, Width: {Text.Number(Width)}, Channels: {Text.Number(layer.Inputs)}, Down: {Text.Number(Down)}, Across: {Text.Number(Across)}{(Interpolation == Nearest ? "" : $", Interpolation: global::GenNet.Interpolation.{Interpolation}")})");

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.UpSampling2DLayer(Shape{layer.Number})";

    public override string Library => Name;

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"Shape{layer.Number}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => [$"Shape{layer.Number}"];

    static string Quotient(string name, int times) => times == 1 ? name : $"{name}/{Text.Number(times)}";

    static string Centre(string name, int times) => times == 1 ? name : $"({name} + ½)/{Text.Number(times)} − ½";
}
