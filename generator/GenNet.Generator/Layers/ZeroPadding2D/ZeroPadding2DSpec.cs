using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>Zeros around an image.</summary>
/// <param name="Height">Rows of pixels of the image.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Top">Rows of zeros above.</param>
/// <param name="Bottom">Rows of zeros below.</param>
/// <param name="Left">Columns of zeros on the left.</param>
/// <param name="Right">Columns of zeros on the right.</param>
sealed record ZeroPadding2DSpec(int Height, int Width, int Top, int Bottom, int Left, int Right) : LayerSpec("Identity")
{
    const string Name = "ZeroPadding2D";

    public static LayerKind Kind { get; } = new("GenNet.ZeroPadding2DAttribute", Read);

    static LayerSpec Read(LayerReader reader)
    {
        if (!WindowSpec.TakesImage(reader, Name))
            return reader.Nothing;
        var alike = reader.Has("size");
        int Side(string name) => reader.Integer(alike ? "size" : name, 0, alike ? 1 : 0, WindowLayout.MostPixels, "a padding");
        var top = Side("top");
        var spec = alike
            ? new ZeroPadding2DSpec(reader.Input.Height, reader.Input.Width, top, top, top, top)
            : new ZeroPadding2DSpec(reader.Input.Height, reader.Input.Width, top, Side("bottom"), Side("left"), Side("right"));
        return spec.Fits(reader) ? spec : reader.Nothing;
    }

    /// <summary>Whether the image is no larger than a layer may be. If not, that is reported.</summary>
    bool Fits(LayerReader reader)
    {
        var size = ((long)Height + Top + Bottom) * ((long)Width + Left + Right) * reader.Input.Features;
        if (size > NetworkParser.MaxImage)
            reader.ReportAlone(Descriptors.SizeOutOfRange, $"an image of {NetworkParser.Grouped(size)} values", NetworkParser.MostValues(NetworkParser.MaxImage));
        return size <= NetworkParser.MaxImage;
    }

    public override SampleShape OutputFor(SampleShape input) => SampleShape.Image(Top + Height + Bottom, Left + Width + Right, input.Features);

    public override bool IsActivated => false;

    public override bool ReadsPaddedRows => false;

    public override string Schema(string text, SampleShape input) =>
        SchemaText.Image(Name, Height, Width, input.Features, Top + Height + Bottom, Left + Width + Right, input.Features, SchemaText.Sides(Top, Bottom, Left, Right), "Identity");

    public override string Words => "zero " + SchemaText.Sides(Top, Bottom, Left, Right);

    public override string Equation(string n, IReadOnlyList<string> x) => $"{x[0]}({Index("y", Top)}, {Index("x", Left)}, c), 0 outside";

    public override string InputGradientEquation(string n) => $"δ{n} without what is around the image";

    public override (string Type, string Value)? Shape(LayerPlan layer) => ("global::GenNet.Runtime.ZeroPaddingShape",
        $"new(Height: {Text.Number(Height)}, Width: {Text.Number(Width)}, Channels: {Text.Number(layer.Inputs)}, Top: {Text.Number(Top)}, Bottom: {Text.Number(Bottom)}, Left: {Text.Number(Left)}, Right: {Text.Number(Right)})");

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.ZeroPadding2DLayer(Shape{layer.Number})";

    public override string Library => Name;

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"Shape{layer.Number}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => [$"Shape{layer.Number}"];

    static string Index(string name, int before) => before == 0 ? name : $"{name} − {Text.Number(before)}";
}
