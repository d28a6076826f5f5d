using GenNet.Generator.Diagnostics;
using GenNet.Generator.Emission;
using GenNet.Generator.Planning;
using GenNet.Generator.Specification;
using GenNet.Kernels;

namespace GenNet.Generator.Layers;

/// <summary>An embedding.</summary>
/// <param name="Count">Number of things.</param>
/// <param name="Size">Values of each.</param>
/// <param name="Feature">Which of the values that it takes is the index.</param>
sealed record EmbeddingSpec(int Count, int Size, int Feature) : LayerSpec("Identity")
{
    public static LayerKind Kind { get; } = new("GenNet.EmbeddingAttribute", Read);

    static LayerSpec Read(LayerReader reader)
    {
        var (count, size) = (reader.Size("count", 0), reader.Size("size", 1));
        var feature = reader.Integer("Feature", 0, 0, reader.Input.Features - 1, "a feature");
        var outputs = reader.Input.Features - 1L + size;
        if (!IsFeature(reader.Layers, reader.InputOf(reader.LayersBefore).Features, feature))
            reader.ReportAlone(Descriptors.ComputedIndex, Text.Number(feature));
        else if (outputs > NetworkParser.MaxSize)
            reader.ReportAlone(Descriptors.SizeOutOfRange, $"a row of {NetworkParser.Grouped(outputs)} values", NetworkParser.MostValues(NetworkParser.MaxSize));
        else
            return new EmbeddingSpec(count, size, feature);
        return reader.Nothing;
    }

    /// <summary>Whether a value that such layers give is a feature of the sample, which has so many.</summary>
    static bool IsFeature(IEnumerable<LayerSpec>? layers, int features, int value)
    {
        if (layers is null)
            return false;
        var are = Enumerable.Repeat(true, features).ToList();
        foreach (var layer in layers)
        {
            if (layer is not EmbeddingSpec embedding)
                return false;
            are.RemoveAt(embedding.Feature);
            are.InsertRange(embedding.Feature, Enumerable.Repeat(false, embedding.Size));
        }
        return are[value];
    }

    protected override int OutputsFor(int inputs) => inputs - 1 + Size;

    public override long ParametersFor(int inputs) => (long)Count * Size;

    public override int TrainedLengthFor(int inputs) => PanelLayout.BiasOffset(Size, Count);

    public override bool IsActivated => false;

    public override bool ReadsPaddedRows => false;

    public override bool TakesIndex => true;

    public override bool StepsOnStack => false;

    public override IEnumerable<TensorSpec> TensorsFor(SampleShape input) => [new("weight", Count, Size, 0, PanelLayout.BiasOffset(Size, Count))];

    public override string Schema(string text, SampleShape input) => SchemaText.Looked(Library, input.Features, input.Features - 1 + Size, Count, Size, Feature);

    public override string Words => $"embedding of {Text.Number(Count)}";

    public override string Equation(string n, IReadOnlyList<string> x) => $"{x[0]} with row {x[0]}[{Text.Number(Feature)}] of E{n} in the place of that index";

    public override string InputGradientEquation(string n) => $"δ{n}, and 0 for the index";

    public override string GradientEquation(string n, string x) => $"∂L/∂E{n} of each thing = Σδ{n} of the rows that have it";

    public override (string Type, string Value)? Shape(LayerPlan layer) =>
        ("global::GenNet.Runtime.EmbeddingShape", $"new(Inputs: {layer.Inputs}, Count: {Count}, Size: {Size}, Feature: {Feature}, Offset: {layer.Offset})");

    public override string Description(LayerPlan layer, string activation) => $"new global::GenNet.EmbeddingLayer(Shape{layer.Number})";

    public override string Initialization(LayerPlan layer) => $"global::GenNet.Runtime.Embedding.Fill(Parameters, {layer.Number - 1}, Shape{layer.Number}, seed);";

    public override (string Type, string Words)? Parameters(LayerPlan layer) =>
        ("global::GenNet.EmbeddingParameters", $"Rows [{Count}, {Size}] of layer {layer.Number}, {Words}.");

    public override string Gradients(LayerPlan layer) => $"∂L/∂E [{Count}, {Size}] of layer {layer.Number}.";

    public override string Library => "Embedding";

    public override IEnumerable<string> InferenceArguments(LayerPlan layer) => [$"Shape{layer.Number}"];

    public override IEnumerable<string> TrainingArguments(LayerPlan layer) => ["network.Parameters", $"Shape{layer.Number}"];
}
