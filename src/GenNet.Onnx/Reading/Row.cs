namespace GenNet.Onnx.Reading;

/// <summary>A row that is made of the positions of a sample.</summary>
/// <param name="source">What it is made of.</param>
sealed class Row(Value source)
{
    /// <summary>[samples, positions, features] → [samples, features, positions].</summary>
    static readonly long[] FeaturesFirst = [0, 2, 1];

    /// <summary>How many there are; 0 where the model leaves that open.</summary>
    public long Positions => source.Pixels;

    /// <summary>Whether the row has channel by channel, not position by position.</summary>
    public bool IsByChannel => source.Layout is { } layout ? layout.IsLast != true : StepsOfChannels(source) is not null;

    /// <summary>Its values, 0 where the model leaves that open.</summary>
    public long Width => Positions <= int.MaxValue && source.Features <= int.MaxValue ? Positions * source.Features : 0;

    /// <summary>Whether both orders are the same.</summary>
    public bool IsOfOne => Positions == 1 || source.Features == 1;

    /// <summary>Whether a value's node makes it, and does not only change it.</summary>
    public bool IsMadeBy(Value value) => value.Computed(0) == source;

    /// <summary>The steps whose features a value has first, [samples, features, positions]; null for others, and behind a batch normalisation, which has them so by itself.</summary>
    public static Value? StepsOfChannels(Value value) =>
        value is { Rank: 3, Operator: "Transpose" } && value.Ints("perm").SequenceEqual(FeaturesFirst) && value.Computed(0) is { Operator: not "BatchNormalization" } steps ? steps : null;

    /// <summary>The row that a node makes of each image, or null where it makes something else.</summary>
    public static Row? Of(Value node, Value image) => node.Operator switch
    {
        "Flatten" when node.Int("axis", 1) is 1 or -3 => new Row(image),
        "Reshape" when node.Int("allowzero", 0) == 0 && node.ConstantAt(1)?.Integers is [var samples, var features] && IsRow(samples, features, image.Sizes!) => new Row(image),
        "Squeeze" when node.Axes is [var first, var second] && image.Sizes![first] == 1 && image.Sizes[second] == 1 && (first, second) is (2, 3) or (1, 2) => new Row(image),
        _ => null,
    };

    static bool IsRow(long samples, long features, long[] sizes)
    {
        var all = sizes[1] > 0 && sizes[2] > 0 && sizes[3] > 0 ? sizes[1] * sizes[2] * sizes[3] : 0;
        return features == -1 ? samples == 0 || (samples > 0 && samples == sizes[0]) : features > 0 && features == all && (samples is 0 or -1 || samples == sizes[0]);
    }
}
