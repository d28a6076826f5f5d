namespace GenNet;

/// <summary>Adds layers that take the last step.</summary>
public static class LastStepLayers
{
    /// <summary>Takes the last step of a sequence, which leaves one row of as many values.</summary>
    /// <exception cref="InvalidOperationException">What the layers before give is no sequence.</exception>
    public static ArchitectureBuilder LastStep(this ArchitectureBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new LastStepLayer(builder.StepsAtHand, builder.Units));
    }
}
