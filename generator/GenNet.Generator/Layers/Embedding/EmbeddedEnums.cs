using GenNet.Generator.Emission;
using GenNet.Generator.Specification;

namespace GenNet.Generator.Layers;

/// <summary>The layers that follow from enums of which a type says that they are embedded.</summary>
static class EmbeddedEnums
{
    /// <summary>These layers, the first of a network, one for each such feature of a sample, or of each of its positions, which then must be alike.</summary>
    /// <param name="input">What the network reads.</param>
    /// <param name="shape">What a sample is made of.</param>
    /// <param name="isSequence">Whether a sample is declared as a sequence, of one step too.</param>
    /// <param name="obstacle">A feature that cannot be embedded, and why; null where all can.</param>
    public static IReadOnlyList<LayerSpec> Layers(FeatureSpec input, SampleShape shape, bool isSequence, out (string Feature, string Why)? obstacle)
    {
        obstacle = null;
        if (!input.Leaves.Any(IsEmbedded))
            return [];
        var layers = new List<LayerSpec>();
        var (features, most) = (shape.Features, 0L);
        foreach (var alike in FeaturePlace.Each(input).GroupBy(place => place.Position.Offset % shape.Features).OrderBy(group => group.Key))
        {
            if (!alike.Any(place => IsEmbedded(place.Feature)))
                continue;
            var place = alike.First(place => IsEmbedded(place.Feature));
            var feature = place.Feature;
            most = (long)features - 1 + feature.EmbeddedSize;
            var why =
                shape.Positions == 1 && !isSequence ? place.Path.Contains('[') ? "elements of an array have learnt values in common as the steps of a sequence alone: declare [Sequence(steps, features)]" : null :
                alike.Count() < shape.Positions || alike.Any(other => (other.Feature.Type, other.Feature.EmbeddedSize) != (feature.Type, feature.EmbeddedSize))
                    ? $"it is not the same feature of each of {Text.Number(shape.Positions)} {(shape.IsImage ? "pixels" : "steps")}" :
                feature.EnumMembers.Count > NetworkParser.MaxSize ? $"it has more than {NetworkParser.Grouped(NetworkParser.MaxSize)} members" :
                most > NetworkParser.MaxSize ? $"that makes a row of {NetworkParser.Grouped(most)} values, {NetworkParser.MostValues(NetworkParser.MaxSize)}" :
                most * shape.Positions > NetworkParser.MaxImage ? $"that makes {NetworkParser.Grouped(most * shape.Positions)} values, {NetworkParser.MostValues(NetworkParser.MaxImage)}" :
                null;
            if (why is not null)
            {
                obstacle = (place.Name, why);
                return [];
            }
            layers.Add(new EmbeddingSpec(feature.EnumMembers.Count, feature.EmbeddedSize, alike.Key + features - shape.Features));
            features = (int)most;
        }
        return layers;
    }

    static bool IsEmbedded(FeatureSpec feature) => feature.EmbeddedSize > 0;
}
