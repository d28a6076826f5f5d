namespace GenNet;

/// <summary>Adds layers that make one row of a sample.</summary>
public static class FlattenLayers
{
    /// <summary>Makes one row of all of a sample's positions. The layers before it work on each position by itself.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="positions">Positions of a sample.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="positions"/> is not positive or not the number of pixels of the image, or steps of the sequence, there, or a sample would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">There is one row already.</exception>
    public static ArchitectureBuilder Flatten(this ArchitectureBuilder builder, int positions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(positions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positions, Array.MaxLength / builder.Units);
        if (builder.IsFlat)
            throw new InvalidOperationException("A sample is made one row once.");
        return builder.Add(builder.MakeRow(positions) is var (height, width) && !builder.IsSequence ? new FlattenLayer(height, width, builder.Units) : new FlattenLayer(positions, builder.Units, builder.IsFeaturesFirst));
    }
}
