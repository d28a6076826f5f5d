namespace GenNet;

/// <summary>Checks shared by the optimisers' and schedules' hyper-parameters, as the floats that they become: 1 − 1e-12 is less than 1, but not as a float.</summary>
static class HyperParameter
{
    public static double NotNegative(double value, string name) =>
        value >= 0 && float.IsFinite((float)value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a number that a float can hold, 0 or more.");

    public static double Positive(double value, string name) =>
        (float)value > 0 && float.IsFinite((float)value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a positive number that a float can hold.");

    public static double Fraction(double value, string name) =>
        value >= 0 && (float)value < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and, as a float, less than 1.");

    /// <summary>A limit of norms, which may be infinite.</summary>
    public static double Limit(double value, string name) =>
        (float)value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} must be positive, also as a float.");
}
