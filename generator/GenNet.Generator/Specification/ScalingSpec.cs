namespace GenNet.Generator.Specification;

/// <summary>How a number is scaled.</summary>
/// <param name="Standardize">Whether the two are mean and deviation, not minimum and maximum.</param>
/// <param name="First">Minimum or mean: becomes 0.</param>
/// <param name="Second">Maximum or deviation.</param>
sealed record ScalingSpec(bool Standardize, double First, double Second);
