namespace GenNet;

/// <summary>Something that is wrong with a training, in plain words.</summary>
/// <param name="Problem">What.</param>
/// <param name="FirstLayer">The number of the first layer concerned, from 1.</param>
/// <param name="LastLayer">The number of the last layer concerned.</param>
/// <param name="Message">The layers, the figures and the usual remedies.</param>
public sealed record HealthFinding(HealthProblem Problem, int FirstLayer, int LastLayer, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Message;
}
