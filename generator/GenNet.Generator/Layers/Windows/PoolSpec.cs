using GenNet.Generator.Emission;
using GenNet.Generator.Infrastructure;
using GenNet.Generator.Planning;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>A layer that makes one value of each window of an image, channel by channel.</summary>
/// <param name="Window">How its windows lie on the image.</param>
abstract record PoolSpec(WindowSpec Window) : LayerSpec("Identity")
{
    /// <summary>The windows of a pool that has some, or null.</summary>
    protected static WindowSpec? ReadWindow(LayerReader reader, string layer) => WindowSpec.Read(reader, layer, "window", "height", "width", "size", isPool: true);

    /// <summary>The window of a global pool, or null.</summary>
    protected static WindowSpec? WholeWindow(LayerReader reader, string layer) => WindowSpec.TakesImage(reader, layer) ? WindowSpec.Whole(reader.Input) : null;

    /// <summary>The windows of a pool along the steps of a sequence, or null.</summary>
    protected static WindowSpec? ReadSteps(LayerReader reader, string layer) => WindowSpec.ReadAlong(reader, layer, "window", "size", isPool: true);

    /// <summary>The window of a pool of all steps, or null.</summary>
    protected static WindowSpec? AllSteps(LayerReader reader, string layer) => WindowSpec.TakesSequence(reader, layer) ? WindowSpec.Along(reader.Input, reader.Input.Positions, 1, 1, 0) : null;

    /// <summary>The name by which it is described.</summary>
    protected virtual string Described => Library;

    public override SampleShape OutputFor(SampleShape input) => Window.Output(input.Features);

    /// <summary>Whether it is of all steps of a sequence, however many they are: of a stream, of those so far.</summary>
    protected virtual bool IsOfAllSteps => false;

    public override bool IsActivated => false;

    public override bool GoesStepByStep => IsOfAllSteps || Window.StepsBeforeFirst >= 0;

    public override string WhyNotByStep => Window.WhyNotByStep;

    public override bool HasStep => true;

    public override bool SkipsSteps => !IsOfAllSteps && Window.SkipsSteps;

    public override bool WritesStep => true;

    public override void WriteStep(SourceWriter writer, StepPlan step, string source) => StreamWindow.Write(writer, step, this, $"Step(Shape{step.Layer.Number}, ", source);

    public override int StateLengthFor(int inputs) => IsOfAllSteps ? WindowLayout.StateLengthOfAll(inputs) : Window.StateLength(inputs);

    public override StreamPace? PaceOf(IReadOnlyList<StreamPace> sources) => IsOfAllSteps ? sources[0] : sources[0].Of(Window.StepsBeforeFirst, Window.Stride.Width);

    public override string Schema(string text, SampleShape input) => Window.Schema(Described, input, input.Features, "Identity");

    public override (string Type, string Value)? Shape(LayerPlan layer) => ("global::GenNet.Runtime.PoolShape", $"new(Window: {Window.Value}, Channels: {Text.Number(layer.Inputs)}{More}{(IsOfAllSteps ? ", OfAllSteps: true" : "")})");

    /// <summary>Further arguments of its shape.</summary>
    protected virtual string More => "";

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.{Described}Layer(Shape{layer.Number})";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"Shape{layer.Number}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => [$"Shape{layer.Number}"];
}
