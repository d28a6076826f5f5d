using System.Globalization;
using GenNet.Onnx.Reading;
using GenNet.Onnx.Writing;

namespace GenNet.Onnx.Layers;

/// <summary>Embeddings: <c>Gather</c> of a table's rows by a feature that <c>Cast</c> makes a whole number, between <c>Slice</c>s of the other features. They are read as one node: see <see cref="EmbeddingGraph"/>.</summary>
sealed class EmbeddingKind : LayerKind
{
    /// <summary>ONNX's number of its type of whole numbers.</summary>
    const int Int64 = 7;

    protected override bool Is(Layer layer) => layer is EmbeddingLayer;

    public override string Describe(Layer layer) => layer is EmbeddingLayer { Count: var count, Size: var size, Feature: var feature } ? "an " + EmbeddingStep.Describe(count, size, feature) : "";

    public override void Write(Layer layer, LayerNodes nodes, string[] parameters, WrittenValue[] sources)
    {
        var (feature, inputs) = (((EmbeddingLayer)layer).Feature, layer.Inputs);
        nodes.AsRow();
        nodes.ChannelsLast(() =>
        {
            var (x, lastAxis) = (nodes.Last, (string?)null);
            nodes.Add("Gather", x, [nodes.Integer("feature", feature)], [Attributes.Int("axis", -1)], "Index");
            nodes.Add("Cast", [], Attributes.Int("to", Int64));
            nodes.Add("Gather", parameters[0], [nodes.Last], [Attributes.Int("axis", 0)], "Rows");
            List<string> parts = [nodes.Last];
            if (feature > 0)
                parts.Insert(0, Features("Before", 0, feature));
            if (feature < inputs - 1)
                parts.Add(Features("Behind", feature + 1, inputs));
            if (parts.Count > 1)
                nodes.Add("Concat", parts[0], [.. parts.Skip(1)], [Attributes.Int("axis", -1)]);

            string Features(string name, int first, int end)
            {
                nodes.Add("Slice", x, [nodes.Integers($"{name}/first", [first]), nodes.Integers($"{name}/end", [end]), lastAxis ??= nodes.Integers("lastAxis", [-1])], name: name);
                return nodes.Last;
            }
        });
    }

    public override bool GoesStepByStep(Layer layer) => true;

    protected override LayerStep? Read(Value value)
    {
        if (value.Operator != EmbeddingGraph.Operator || value.Computed(0) is not { } x || value.ConstantAt(1) is not { } table || table.Shape.ToArray() is not [> 0 and <= int.MaxValue and var count, > 0 and <= int.MaxValue and var size])
            return null;
        x.SetChannelsLast(true, value);
        return new EmbeddingStep(value, x, (int)value.Int(EmbeddingGraph.Inputs, 0), (int)count, (int)size, (int)value.Int(EmbeddingGraph.Feature, 0), table.OfShape(count, size));
    }
}

/// <summary>An embedding.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Inputs">Features of that.</param>
/// <param name="Count">Number of things.</param>
/// <param name="Size">Values of each.</param>
/// <param name="Feature">Which of the features is the index.</param>
/// <param name="Table">[count, size] the values.</param>
sealed record EmbeddingStep(Value Node, Value Input, int Inputs, int Count, int Size, int Feature, float[] Table) : LayerStep(Node, Input)
{
    public override string What => Describe(Count, Size, Feature);

    public override IReadOnlyList<float[]> Parameters => [Table];

    public override int Takes => Inputs;

    public override bool IsActivated => false;

    public static string Describe(int count, int size, int feature) => string.Create(CultureInfo.InvariantCulture, $"embedding of {count} in {size} values by feature {feature}");

    public override string? Difference(Layer layer, int back, int expectedBack) => layer switch
    {
        EmbeddingLayer other when (other.Count, other.Size, other.Feature) == (Count, Size, Feature) => other.Inputs == Inputs ? null : $"Declare {Inputs} features for it, or load a model that has {other.Inputs} there.",
        EmbeddingLayer => string.Create(CultureInfo.InvariantCulture, $"Declare [Embedding({Count}, {Size}{(Feature == 0 ? "" : $", Feature = {Feature}")})], where it is that of an enum [Embedded({Size})] on one of {Count} members, or load a model that has the network's."),
        _ => OtherLayers,
    };

    public override void AddTo(ArchitectureBuilder builder, LayerActivation activation, int back) => builder.Embedding(Count, Size, Feature);
}
