using System.Globalization;
using GenNet.Onnx.Layers;
using GenNet.Onnx.Schema;

namespace GenNet.Onnx.Reading;

/// <summary>Describes a model as a network: what all outputs share as a trunk, and a head for each.</summary>
static class ModelDescription
{
    /// <exception cref="InvalidDataException">No network has such layers.</exception>
    public static NetworkArchitecture Of(ModelProto model, IReadOnlyList<ModelOutput> outputs)
    {
        var first = outputs[0].Layers[0].Step;
        var takes = outputs.Select(output => output.Layers[0].Step.Takes).FirstOrDefault(takes => takes > 0);
        var builder = new ArchitectureBuilder(takes > 0 ? takes : throw new InvalidDataException($"{first.Node.Description} is the first layer, and nothing tells how many values it takes: declare the input with its channels, or begin with a dense layer, a convolution or a normalisation."));
        if (outputs.SelectMany(output => output.Layers).Select(layer => layer.Step.Image).FirstOrDefault(image => image is not null) is var (height, width))
            Mended(first.Node, () => builder.Image(height, width));
        if (outputs is [var only])
            Add(builder, only.Layers);
        else
            AddHeads(builder, outputs);
        builder.InputSchema = Metadata(model, FileKeys.Inputs);
        builder.OutputSchema = Metadata(model, FileKeys.Outputs);
        return Mended(first.Node, () => builder.Build(model.Graph.Name, ""));
    }

    static void AddHeads(ArchitectureBuilder builder, IReadOnlyList<ModelOutput> outputs)
    {
        CheckPositions(outputs);
        var shared = ModelOutput.CountShared(outputs);
        Add(builder, outputs[0].Layers.Take(shared));

        FillUp(shared);
        for (var i = 0; i < outputs.Count; i++)
        {
            Mended(outputs[i].Layers[^1].Step.Node, () => builder.Head(HeadName(outputs, i)));
            Add(builder, outputs[i].Layers.Skip(shared));
            FillUp(outputs[i].Layers.Count - shared);
        }

        // The trunk and each head have a layer, and this is one that a model does without.
        void FillUp(int layers)
        {
            if (layers == 0)
                builder.Dropout(0);
        }
    }

    static void Add(ArchitectureBuilder builder, IEnumerable<ModelLayer> layers)
    {
        foreach (var layer in layers)
        {
            var takes = layer.Step.Takes > 0 ? layer.Step.Takes : builder.Units;
            if (takes != builder.Units)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{layer.Step.Node.Description} takes {takes} values, the layer before it gives {builder.Units}."));
            Mended(layer.Step.Node, () =>
            {
                layer.Step.AddTo(builder, layer.Function, layer.Back);
                return builder;
            });
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
