using GenNet.Generator.Emission;
using GenNet.Generator.Planning;

namespace GenNet.Generator.Layers;

/// <summary>A layer that makes one value of each window of an image, channel by channel.</summary>
/// <param name="Window">How its windows lie on the image.</param>
abstract record PoolSpec(WindowSpec Window) : LayerSpec("Identity")
{
    /// <summary>The windows of a pool that has some, or null.</summary>
    protected static WindowSpec? ReadWindow(LayerReader reader, string layer) => WindowSpec.Read(reader, layer, "window", "height", "width", "size", isPool: true);

    /// <summary>The window of a global pool, or null.</summary>
    protected static WindowSpec? WholeWindow(LayerReader reader, string layer) => WindowSpec.TakesImage(reader, layer) ? WindowSpec.Whole(reader.Input) : null;

    public override SampleShape OutputFor(SampleShape input) => Window.Output(input.Features);

    public override bool IsActivated => false;

    public override string Schema(string text, SampleShape input) => Window.Schema(Library, input, input.Features, "Identity");

    public override (string Type, string Value)? Shape(LayerPlan layer) => ("global::GenNet.Runtime.PoolShape", $"new(Window: {Window.Value}, Channels: {Text.Number(layer.Inputs)}{More})");

    /// <summary>Further arguments of its shape.</summary>
    protected virtual string More => "";

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.{Library}Layer(Shape{layer.Number})";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"Shape{layer.Number}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => [$"Shape{layer.Number}"];
}
