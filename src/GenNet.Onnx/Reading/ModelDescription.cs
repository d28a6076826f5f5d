using System.Globalization;
using GenNet.Onnx.Layers;
using GenNet.Onnx.Schema;

namespace GenNet.Onnx.Reading;

/// <summary>Describes a model as a network: what all outputs share as a trunk, and a head for each.</summary>
static class ModelDescription
{
    /// <param name="model">The model.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="isSequence">Whether its images are the steps of sequences.</param>
    /// <exception cref="InvalidDataException">No network has such layers.</exception>
    public static NetworkArchitecture Of(ModelProto model, IReadOnlyList<ModelOutput> outputs, bool isSequence)
    {
        var first = outputs[0].Layers[0].Step;
        var takes = outputs.Select(output => TakenBy(output.Layers)).FirstOrDefault(takes => takes > 0);
        var builder = new ArchitectureBuilder(takes > 0 ? takes : throw new InvalidDataException($"{first.Node.Description} is the first layer, and nothing tells how many values it takes: declare the input with its channels, or begin with a dense layer, a convolution or a normalisation."));
        if (outputs.SelectMany(output => output.Layers).Select(layer => layer.Step.Image).FirstOrDefault(image => image is not null) is var (height, width))
            Mended(first.Node, () => isSequence || outputs.Any(output => output.Layers.Any(layer => layer.Step.TakesSteps)) ? builder.Sequence(width) : builder.Image(height, width));
        if (outputs is [var only])
            Add(builder, only.Layers, [0]);
        else
            AddHeads(builder, outputs);
        builder.InputSchema = Metadata(model, FileKeys.Inputs);
        builder.OutputSchema = Metadata(model, FileKeys.Outputs);
        return Mended(first.Node, () => builder.Build(model.Graph.Name, ""));
    }

    /// <summary>What the input has at each position: as many as the first layer takes that has weights, or that divided by the positions of which one row was made. 0 where there is none.</summary>
    static int TakenBy(IEnumerable<ModelLayer> layers)
    {
        var positions = 1;
        foreach (var step in layers.Select(layer => layer.Step))
            if (step is FlattenStep { PositionsTaken: { } taken })
                positions = taken;
            else if (step.Takes > 0)
                return step.Takes / positions;
        return 0;
    }

    static void AddHeads(ArchitectureBuilder builder, IReadOnlyList<ModelOutput> outputs)
    {
        CheckPositions(outputs);
        var shared = ModelOutput.CountShared(outputs);
        List<int> trunk = [0];
        Add(builder, outputs[0].Layers.Take(shared), trunk);
        FillUp(shared, trunk);
        for (var i = 0; i < outputs.Count; i++)
        {
            Mended(outputs[i].Layers[^1].Step.Node, () => builder.Head(HeadName(outputs, i)));
            List<int> way = [.. trunk];
            Add(builder, outputs[i].Layers.Skip(shared), way);
            FillUp(outputs[i].Layers.Count - shared, way);
        }

        // The trunk and each head have a layer, and this is one that a model does without.
        void FillUp(int layers, List<int> way)
        {
            if (layers > 0)
                return;
            builder.Dropout(0);
            way[^1]++;
        }
    }

    /// <param name="builder">Where the layers are added.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="way">How many layers there are, those included that a model does without, behind none of the model's, behind its first and so on.</param>
    static void Add(ArchitectureBuilder builder, IEnumerable<ModelLayer> layers, List<int> way)
    {
        // Layers of other heads are not on the way.
        var others = builder.Count - way[^1];
        foreach (var layer in layers)
        {
            var takes = layer.Step.Takes > 0 ? layer.Step.Takes : builder.Units;
            if (takes != builder.Units)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{layer.Step.Node.Description} takes {takes} values, the layer before it gives {builder.Units}."));

            // What is added to itself goes around a layer that does nothing.
            var start = way[^(layer.Back + 1)];
            if (layer.Step.Skip is not null && start == builder.Count - others)
                builder.Dropout(0);
            Mended(layer.Step.Node, () =>
            {
                layer.Step.AddTo(builder, layer.Function, builder.Count - others - start);
                return builder;
            });
            way.Add(builder.Count - others);
        }
    }

    /// <summary>What the builder says of layers that no network has, as a fault of the file.</summary>
    static T Mended<T>(Value node, Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{node.Description}: {e.Message.Split(" (Parameter '")[0]}", e);
        }
    }

    static void CheckPositions(IReadOnlyList<ModelOutput> outputs)
    {
        var positions = outputs.Select(output => output.Layers.Select(layer => layer.Step.PositionsTaken).FirstOrDefault(taken => taken is not null) ?? 1).ToArray();
        var other = Array.FindIndex(positions, count => count != positions[0]);
        if (other >= 0)
            throw new InvalidDataException($"{outputs[0].Description} {Rows(positions[0])}, {outputs[other].Description} {Rows(positions[other])}: the heads of a network give one row each for a sample.");

        static string Rows(int positions) => positions > 1 ? $"has one row of {positions} positions" : "has a row for each";
    }

    /// <summary>The output's name where it may be one of a head, else a number.</summary>
    static string HeadName(IReadOnlyList<ModelOutput> outputs, int index)
    {
        var name = outputs[index].Name;
        if (IsUsable(name) && !outputs.Take(index).Any(output => output.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            return name;
        var number = string.Create(CultureInfo.InvariantCulture, $"Head{index + 1}");
        while (outputs.Any(output => output.Name.Equals(number, StringComparison.OrdinalIgnoreCase)))
            number += "_";
        return number;
    }

    static bool IsUsable(string name) =>
        name.Length is > 0 and <= 100 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(character => char.IsLetterOrDigit(character) || character == '_') && !$"{name}.".Equals(SchemaText.Trunk, StringComparison.OrdinalIgnoreCase);

    static string? Metadata(ModelProto model, string key) => model.MetadataProps.FirstOrDefault(entry => entry.Key == key)?.Value;
}
